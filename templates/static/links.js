// A link to each heading and figure, to keep or to send: it shows by pointer and with the keyboard.
(function () {
  "use strict";
  window.reportgen.parts.push(function (part) {
    var page = part.dataset && part.dataset.name ? part.dataset.name + ":" : "";
    part.querySelectorAll("main :is(h2, h3, .tiles dt, .facts dt, .count dt), .part :is(h2, h3, .tiles dt, .facts dt, .count dt)")
      .forEach(function (place) {
        if (place.closest("summary, .card, .task, .doors")) return;
        if (!place.id) {
          var name = place.textContent.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
            .replace(/[^a-z]+/g, "-").replace(/^-|-$/g, "");
          if (!name || document.getElementById(page + name)) return;
          place.id = page + name;
        }
        var link = document.createElement("a");
        link.className = "anchor";
        link.href = "#" + place.id;
        link.setAttribute("aria-label", "Link to this");
        place.appendChild(link);
      });
  });
})();
