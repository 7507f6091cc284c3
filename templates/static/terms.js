// The words of the glossary: where one stands on a page for the first time, its meaning is shown by pointer,
// by touch and with the keyboard.
(function () {
  "use strict";
  var report = window.reportgen;
  var meanings = {};
  report.meanings = function (found) { meanings = found; };
  var WHERE = "p, li, dd, dt, td, th, caption, figcaption";
  var NOT_IN = "a, button, label, select, summary, h1, h2, h3, svg, pre, code, blockquote, form, .answer, .told, .rows, .tip, " +
    ".stacks tbody th";  // the owner's own names

  function says(part) {
    var tip = document.createElement("span");
    tip.id = "meaning";
    tip.className = "tip meaning";
    tip.setAttribute("role", "tooltip");
    tip.hidden = true;
    part.appendChild(tip);
    return tip;
  }
  function mark(node, found, meaning, tip) {
    var rest = node.splitText(found.index);
    rest.splitText(found[0].length);
    var term = document.createElement("button");
    term.type = "button";
    term.className = "term";
    term.textContent = rest.data;
    term.setAttribute("aria-describedby", tip.id);
    rest.replaceWith(term);
    function show() {
      tip.textContent = meaning;
      tip.hidden = false;
      var place = term.getBoundingClientRect(), room = tip.offsetParent.getBoundingClientRect();
      tip.style.left = Math.max(8 - room.left, Math.min(place.left, innerWidth - tip.offsetWidth - 8) - room.left) + "px";
      tip.style.top = place.bottom - room.top + 6 + "px";
    }
    function hide() { tip.hidden = true; }
    ["pointerenter", "focus", "click"].forEach(function (event) { term.addEventListener(event, show); });
    term.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") hide(); });
    term.addEventListener("blur", hide);
    term.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  }

  report.parts.push(function (part) {
    var main = part.querySelector("main") || part;
    var left = new Map(Object.entries(meanings));
    if (main.querySelector("[id$=glossary]")) return;  // there they stand at length
    // The longest first: "below the red line" before "red line".
    var words = Array.from(left.keys()).sort(function (a, b) { return b.length - a.length; });
    var any = new RegExp("\\b(" + words.join("|") + ")s?\\b", "gi");
    var walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    var nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    var tip = says(main);
    nodes.forEach(function (node) {
      if (!left.size || !node.parentNode.closest(WHERE) || node.parentNode.closest(NOT_IN)) return;
      var found;
      any.lastIndex = 0;
      while ((found = any.exec(node.data))) {
        var word = found[1].toLowerCase(), meaning = left.get(word);
        if (!meaning) continue;
        left.delete(word);
        mark(node, found, meaning, tip);
        return;
      }
    });
  });
})();
