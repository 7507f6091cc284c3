// The search over everything: clients, pages, letters, figures and words. "/" opens it, as elsewhere.
(function () {
  "use strict";
  var report = window.reportgen;
  var SHOWN = 12;
  var dialog, input, list, status, everything = null, found = [], chosen = 0;

  // Accents and capitals make no difference.
  function plain(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(); }
  function unpacked(kinds) {
    return Object.entries(kinds).flatMap(function (kind) {
      return kind[1].map(function (hit) {
        return { kind: kind[0], title: hit[0], place: hit[1], about: hit[2] || "",
          head: " " + plain(hit[0]), rest: " " + plain(hit[2] || "") };
      });
    });
  }

  // Every word that is asked for stands in the title or begins a word beside it; titles come first.
  function matching(asked) {
    var words = plain(asked).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    function rank(hit) {
      if (hit.head.startsWith(" " + words[0])) return 0;
      if (hit.head.includes(" " + words[0])) return 1;
      return hit.head.includes(words[0]) ? 2 : 3;
    }
    return everything
      .filter(function (hit) { return words.every(function (word) {
        return hit.head.includes(word) || hit.rest.includes(" " + word);
      }); })
      .map(function (hit, place) { return { hit: hit, rank: rank(hit), place: place }; })
      .sort(function (a, b) { return a.rank - b.rank || a.place - b.place; })
      .map(function (one) { return one.hit; });
  }

  function choose(number) {
    chosen = number;
    Array.from(list.children).forEach(function (option, place) {
      option.setAttribute("aria-selected", String(place === chosen));
      if (place === chosen) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    });
    if (!list.children.length) input.removeAttribute("aria-activedescendant");
  }
  function show() {
    if (!everything) return;
    found = matching(input.value);
    list.replaceChildren.apply(list, found.slice(0, SHOWN).map(function (hit, place) {
      var option = document.createElement("li"), kind = document.createElement("small"), about = document.createElement("span");
      option.id = "hit-" + place;
      option.setAttribute("role", "option");
      kind.textContent = hit.kind;
      about.textContent = hit.about;
      option.append(hit.title, kind, about);
      option.addEventListener("click", function () { go(hit); });
      return option;
    }));
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = !input.value.trim() ? ""
      : !found.length ? "Nothing is called so."
      : found.length > SHOWN ? "The first " + SHOWN + " of " + found.length : found.length + " found";
    choose(0);
  }
  function go(hit) {
    dialog.close();
    var place = document.querySelector("[data-find]");
    if (report.known) { location.hash = hit.place; return; }
    var parts = hit.place.split("#");
    location.href = place.getAttribute("href").replace(/clients\.html$/, "") + parts[0] + ".html" + (parts[1] ? "#" + parts[1] : "");
  }

  // In one file the index stands on the shelf; beside pages it is a script, which a page from a disk may load.
  function load(place) {
    if (report.known) { everything = unpacked(report.known.kinds); show(); return; }
    report.index = function (kinds) { everything = unpacked(kinds); show(); };
    var script = document.createElement("script");
    script.src = place.dataset.find;
    document.head.appendChild(script);
  }
  function made(tag, attributes) {
    var element = document.createElement(tag);
    Object.entries(attributes).forEach(function (one) { element.setAttribute(one[0], one[1]); });
    return element;
  }
  function build() {
    dialog = made("dialog", { "class": "finder", "aria-label": "Search" });
    input = made("input", { type: "text", inputmode: "search", role: "combobox", "aria-label": "Search clients, pages, letters, figures and words",
      placeholder: "A client, a page, a letter, a figure …", "aria-expanded": "false", "aria-controls": "hits",
      "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
    status = made("p", { role: "status", "class": "note" });
    list = made("ul", { role: "listbox", id: "hits", "aria-label": "Found" });
    dialog.append(input, status, list);
    document.body.appendChild(dialog);
    input.addEventListener("input", show);
    input.addEventListener("keydown", function (event) {
      var last = list.children.length - 1;
      if (event.key === "Enter" && found[chosen]) { event.preventDefault(); go(found[chosen]); }
      else if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen < last ? chosen + 1 : 0); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen > 0 ? chosen - 1 : last); }
    });
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
  }
  function open(place) {
    if (!dialog) build();
    if (dialog.open) return;
    input.value = "";
    dialog.showModal();
    if (everything) show(); else load(place);
  }

  // One file whose shelf this browser cannot unpack has no index: then the way leads to all clients.
  function way(place) {
    return document.documentElement.dataset.oneFile === undefined || report.known ? place : null;
  }
  document.addEventListener("click", function (event) {
    var place = way(event.target.closest("[data-find]"));
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(place);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    var place = way(document.querySelector("[data-find]"));
    if (place) { event.preventDefault(); open(place); }
  });
})();
