// Pictures tell what stands at each place: by pointer, by touch, and with the arrow keys.
(function () {
  "use strict";

  function tell(svg) {
    var hits = Array.from(svg.querySelectorAll("[data-hit]"));
    if (!hits.length) return;
    var tip = document.createElement("p"), at = hits.length - 1;
    tip.className = "tip";
    tip.hidden = true;
    svg.parentNode.appendChild(tip);
    function middle(hit) {
      var box = hit.getBoundingClientRect();
      return { x: box.left + box.width / 2, y: box.top + box.height / 2, foot: box.bottom };
    }
    function hide() {
      tip.hidden = true;
      hits[at].classList.remove("on");
    }
    function show(number) {
      hide();
      at = number;
      var lines = hits[at].dataset.hit.split("\n"), head = document.createElement("b");
      head.textContent = lines[0];
      tip.replaceChildren(head, lines.slice(1).map(function (line) { return "\n" + line; }).join(""));
      tip.hidden = false;
      hits[at].classList.add("on");
      var place = middle(hits[at]), room = svg.parentNode.getBoundingClientRect();
      var left = Math.min(place.x - room.left - tip.offsetWidth / 2, room.width - tip.offsetWidth - 4);
      tip.style.left = Math.max(4, left) + "px";
      tip.style.top = place.foot - room.top + 6 + "px";
      svg.setAttribute("aria-valuenow", at + 1);
      svg.setAttribute("aria-valuetext", lines.join(", "));
    }
    function nearest(event) {
      var found = at, least = Infinity, room = svg.parentNode.getBoundingClientRect();
      hits.forEach(function (hit, number) {
        var place = middle(hit), far = Math.hypot(place.x - event.clientX, place.y - event.clientY);
        if (place.x >= room.left - 2 && place.x <= room.right + 2 && far < least) { least = far; found = number; }
      });
      show(found);
    }
    svg.tabIndex = 0;
    svg.setAttribute("role", "slider");
    svg.setAttribute("aria-valuemin", 1);
    svg.setAttribute("aria-valuemax", hits.length);
    svg.setAttribute("aria-valuenow", hits.length);
    svg.setAttribute("aria-valuetext", hits[at].dataset.hit.replaceAll("\n", ", "));
    svg.addEventListener("pointermove", nearest);
    svg.addEventListener("pointerdown", function (event) { nearest(event); svg.focus({ preventScroll: true }); });
    svg.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") hide(); });
    svg.addEventListener("focus", function () { show(at); });
    svg.addEventListener("blur", hide);
    svg.addEventListener("keydown", function (event) {
      var last = hits.length - 1;
      var to = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: last }[event.key];
      if (event.key === "Escape") hide();
      if (to === undefined) return;
      event.preventDefault();
      show(Math.max(0, Math.min(to, last)));
    });
  }

  window.reportgen.parts.push(function (part) {
    part.querySelectorAll(".drawn > svg").forEach(tell);
  });
})();
