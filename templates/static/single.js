// All pages in one document: one is shown at a time, each as fresh as the site would open it.
(function () {
  "use strict";
  var report = window.reportgen;

  // The text in gzipped bytes; a promise, refused by a browser that cannot unpack.
  report.unpacked = function (bytes) {
    return Promise.resolve().then(function () {
      var unpacking = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Response(unpacking).text();
    });
  };

  // A byte for a character, as `atob` and the shelf have them.
  report.bytes = function (text) {
    return Uint8Array.from(text, function (character) { return character.charCodeAt(0); });
  };

  // Shows the page that the address names. `shelf` holds the downloads and pictures that pages refer
  // to by number; `titled` says whether the window, and with it the browser's history, may tell the
  // name of the page.
  report.oneFile = function (shelf, kept, titled) {
    var find = document.querySelector("[data-find]");
    if (find && shelf.length) {
      report.known = JSON.parse(shelf[Number(find.dataset.find)]);
      report.meanings(report.known.meanings);
    }
    var main = document.getElementById("main");
    var pages = new Map();
    Array.from(main.children).forEach(function (page) { pages.set(page.id, page); page.remove(); });
    var first = pages.keys().next().value;
    var shown = null;
    var lent = [];

    // How each visit of this window's history looked: sorting and filters, and how far it was read.
    // The history itself gets a number that means nothing, so that no client's name is written there.
    var visits = new Map();
    function newVisit(view) {
      var visit = { number: Math.random(), view: view, top: null };
      visits.set(visit.number, visit);
      return visit;
    }
    function visitHere() {
      var known = history.state && visits.get(history.state.visit);
      if (known) return known;
      var visit = newVisit("");
      try { history.replaceState({ visit: visit.number }, ""); } catch (error) { /* not in a frame */ }
      return visit;
    }

    function named(hash) {
      try { return decodeURIComponent(hash.slice(1)); } catch (error) { return ""; }
    }

    function takeFromShelf(page) {
      lent.forEach(function (url) { URL.revokeObjectURL(url); });
      lent = [];
      page.querySelectorAll("[data-shelf]").forEach(function (place) {
        var text = shelf[Number(place.dataset.shelf)];
        if (text === undefined) return;
        if (place.tagName === "A") {
          place.href = URL.createObjectURL(new Blob([report.bytes(text)], { type: place.dataset.type }));
          place.download = place.dataset.download;
          lent.push(place.href);
        } else {
          place.replaceWith(new DOMParser().parseFromString(text, "text/html").body.firstElementChild);
        }
      });
    }

    function open(name, visit) {
      var page = pages.get(name).cloneNode(true);
      // With its id the browser would scroll to it, past the header, after we have shown its top.
      page.removeAttribute("id");
      page.dataset.name = name;
      takeFromShelf(page);
      main.replaceChildren(page);
      document.querySelectorAll(".pages a").forEach(function (link) {
        var leads = link.getAttribute("href").slice(1);
        if (leads === name) link.setAttribute("aria-current", "page");
        else if (leads === page.dataset.entry) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
      if (titled) document.title = page.dataset.title;
      shown = { name: name, visit: visit };
      report.start(page, {
        get: function () { return shown.visit.view; },
        set: function (view) { shown.visit.view = view; }
      }, kept);
    }

    function route() {
      var wanted = named(location.hash);
      if (!pages.has(wanted.split(":")[0])) {
        if (shown && wanted) return;
        wanted = first;
      }
      var name = wanted.split(":")[0];
      var visit = visitHere();
      if (shown && shown.visit === visit && shown.name === name) return;
      var firstOfAll = !shown;
      var within = shown && shown.name === name && wanted !== name && visit.top === null;
      if (within) {
        visit.view = shown.visit.view;
        shown.visit = visit;
      } else {
        open(name, visit);
      }
      var place = wanted !== name && document.getElementById(wanted);
      report.reveal(place);
      if (visit.top === null && place) place.scrollIntoView({ behavior: "instant" });
      else window.scrollTo({ top: visit.top || 0, behavior: "instant" });
      if (!firstOfAll && !within) main.focus({ preventScroll: true });
    }

    document.addEventListener("click", function (event) {
      var link = event.target.closest("a[href^='#']");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      if (link.hash === "#main") {
        event.preventDefault();
        main.focus();
      } else if (link.hash === location.hash && named(link.hash) === shown.name) {
        event.preventDefault();
        shown.visit.view = "";
        open(shown.name, shown.visit);
        window.scrollTo({ top: 0, behavior: "instant" });
      }
    });
    window.addEventListener("scroll", function () { shown.visit.top = window.scrollY; }, { passive: true });
    window.addEventListener("popstate", route);
    window.addEventListener("hashchange", route);
    try { history.scrollRestoration = "manual"; } catch (error) { /* then the browser does it */ }
    report.around(kept);
    route();
  };

  var packed = document.getElementById("shelf");
  if (packed) {
    report.unpacked(report.bytes(atob(packed.textContent))).then(JSON.parse).catch(function () {
      return [];
    }).then(function (shelf) { report.oneFile(shelf, report.browser, true); });
  }
})();
