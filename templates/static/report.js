// What the pages do beside being read; without it everything can be read. Each of the other scripts adds
// to `parts` what it does to a page: they stand in one file with this one, after it.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("with-script");

  // Light or dark, and ticks, are kept where the browser allows it: private windows and some
  // file: pages keep nothing.
  var browser = {
    get: function (name) {
      try { return localStorage.getItem(name); } catch (error) { return null; }
    },
    set: function (name, value) {
      try {
        if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value);
      } catch (error) { /* keeps nothing */ }
    }
  };

  // The page's state stands in the address after #, so that a view can be kept or sent. The search in
  // the header asks for one after ?, until the first change.
  var address = {
    get: function () { return location.hash.slice(1) || location.search.slice(1); },
    set: function (text) {
      try { history.replaceState(null, "", location.pathname + (text ? "#" + text : "")); }
      catch (error) { location.hash = text; }
    }
  };

  function dress(kept) {
    var chosen = kept.get("reportgen-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  }

  // What stands around every page: once a document.
  function around(kept) {
    dress(kept);
    var dark = window.matchMedia("(prefers-color-scheme: dark)");
    document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
      function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
      function label() { button.textContent = isDark() ? "Light" : "Dark"; }
      button.addEventListener("click", function () {
        root.dataset.theme = isDark() ? "light" : "dark";
        kept.set("reportgen-theme", root.dataset.theme);
        label();
      });
      label();
    });
  }

  // Shows a place, whatever is folded or shortened above it.
  function reveal(place) {
    if (!place) return;
    for (var fold = place.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
    var row = place.closest(".beyond");
    if (row) row.closest("table").dispatchEvent(new Event("reveal"));
  }

  // One page: its tables, its filters, its ticks. `view` holds how it is sorted and filtered.
  var parts = [];
  function start(part, view, kept) {
    function state() { return new URLSearchParams(view.get()); }
    function remember(key, value) {
      var now = state();
      if (value) now.set(key, value); else now.delete(key);
      view.set(now.toString());
    }

    parts.forEach(function (begin) { begin(part, { state: state, remember: remember }, kept); });

    // Dots are one stop of the Tab key; the arrows go from one to the next.
    part.querySelectorAll("[data-arrows]").forEach(function (row) {
      var dots = Array.from(row.querySelectorAll("a"));
      function at(dot) { dots.forEach(function (one) { one.tabIndex = one === dot ? 0 : -1; }); }
      at(dots[0]);
      row.addEventListener("keydown", function (event) {
        var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        var next = dots[dots.indexOf(event.target) + step];
        if (!next) return;
        event.preventDefault();
        at(next);
        next.focus();
      });
    });

    var ticked = record(part, kept);

    // Copying takes the text of a letter without its subject, which goes where the mail program has it.
    part.querySelectorAll("[data-copy]").forEach(function (button) {
      var said = button.textContent;
      button.addEventListener("click", function () {
        copy(document.getElementById(button.dataset.copy + "-text"), function (copied) {
          button.textContent = copied ? "Copied" : "Selected: press Ctrl-C";
          setTimeout(function () { button.textContent = said; }, 2000);
        });
      });
    });
    return ticked;
  }

  // "I did this": its tick is the day, and stays in this browser. The rows that say so are copied. What is
  // ticked is shown again by the function that comes back.
  function record(part, kept) {
    function keptDay(tick) {
      var day = kept.get("reportgen-done " + tick);
      return /^\d{4}-\d\d-\d\d$/.test(day || "") ? day : null;
    }
    function today() {
      var now = new Date();
      return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
        .map(function (number) { return String(number).padStart(2, "0"); }).join("-");
    }
    function inWords(day) {
      return new Date(day + "T00:00").toLocaleDateString("en-GB", { day: "numeric", month: "long" });
    }
    function withDay(line, at, day) {
      var cells = line.split("\t");
      while (cells.length <= at) cells.push("");
      cells[at] = day;
      return cells;
    }
    function rowsOf(box, day) {
      return box.querySelector("pre").textContent.split("\n").map(function (line) {
        return withDay(line, Number(box.dataset.dayAt), day);
      });
    }
    function countDone() {
      document.querySelectorAll("[data-done-count]").forEach(function (place) {
        var ticks = place.dataset.doneCount.split(" ");
        var done = ticks.filter(function (tick) {
          return keptDay(tick) || part.querySelector("[data-day][data-did=\"" + tick + "\"]");
        });
        place.textContent = done.length + " of " + ticks.length + " done";
      });
      part.querySelectorAll("[data-done-csv]").forEach(function (button) {
        button.parentNode.hidden = !part.querySelector("[data-did][data-day]");
      });
    }
    var boxes = [];
    function again() {
      boxes.forEach(function (show) { show(); });
      countDone();
    }
    part.querySelectorAll("[data-did]").forEach(function (box) {
      var button = box.querySelector("[aria-pressed]");
      var text = box.querySelector("pre");
      var said = box.querySelector("[role=status]");
      var planned = text.textContent;
      function show(day) {
        button.setAttribute("aria-pressed", String(Boolean(day)));
        if (day) box.dataset.day = day; else delete box.dataset.day;
        text.textContent = !day ? planned
          : rowsOf(box, day).map(function (cells) { return cells.join("\t"); }).join("\n");
        said.textContent = day ? "Done on " + inWords(day) + "." : "";
      }
      button.addEventListener("click", function () {
        var day = box.dataset.day ? null : today();
        kept.set("reportgen-done " + box.dataset.did, day);
        show(day);
        countDone();
        if (day) copy(text, function (copied) {
          if (!copied) box.querySelector("details").open = true;
          said.textContent = "Done on " + inWords(day) + (copied
            ? "; its row is copied. Paste it below the last row of Touchpoints." : "; its row stands here to copy.");
        });
      });
      boxes.push(function () { show(keptDay(box.dataset.did)); });
    });
    again();

    // Everything that is ticked as one table; no cell of it can be taken for a formula.
    part.querySelectorAll("[data-done-csv]").forEach(function (button) {
      var heads = JSON.parse(button.dataset.heads);
      function line(cells) {
        return heads.map(function (head, at) { return head && '"' + (cells[at] || "").replace(/"/g, '""') + '"'; })
          .filter(Boolean).join(",");
      }
      button.addEventListener("click", function () {
        var lines = [line(heads)];
        part.querySelectorAll("[data-did][data-day]").forEach(function (box) {
          var day = box.dataset.day;
          rowsOf(box, day).forEach(function (cells) { lines.push(line(cells)); });
          JSON.parse(box.dataset.fills || "[]").forEach(function (fill) {
            lines.push(line(withDay(fill[0], fill[1], day)));
          });
        });
        var link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
        link.download = button.dataset.doneCsv;
        link.click();
        setTimeout(function () { URL.revokeObjectURL(link.href); });
      });
    });
    return again;
  }

  // Copies a text, and tells whether it could; else it is selected.
  function copy(text, tell) {
    function byHand() {
      var fold = text.closest("details");
      if (fold) fold.open = true;  // what is folded away cannot be selected
      var range = document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      var done = false;
      try { done = document.execCommand("copy"); } catch (error) { /* not allowed */ }
      tell(done);
    }
    if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(function () { tell(true); }, byHand);
    else byHand();
  }

  // A document with all pages in it starts each when it is shown.
  window.reportgen = { around: around, start: start, reveal: reveal, parts: parts, browser: browser };
  if (root.dataset.oneFile === undefined) {
    dress(browser);  // before anything shows
    document.addEventListener("DOMContentLoaded", function () {
      around(browser);
      var ticked = start(document, address, browser);
      // Who goes back may get the page as she left it, before what she ticked on another.
      window.addEventListener("pageshow", function (event) { if (event.persisted) ticked(); });
      function follow() {
        var place = null;
        try { place = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (error) { /* no name */ }
        if (!place) return;
        reveal(place);
        place.scrollIntoView();
      }
      window.addEventListener("hashchange", follow);
      follow();
    });
  }
})();
