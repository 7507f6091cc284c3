// Loads a page of the preview anew when there is another state of it; what was unfolded stays so. Only
// pages in sight listen: a browser keeps few connections to one address, and hidden tabs would use them up.
(function () {
  "use strict";
  var mine = document.currentScript.dataset.mark;
  var source = null, again = 0;
  var key = "reportgen-unfolded:" + location.pathname;

  // By their place on the page: after a save there may be one more or fewer, and then no harm is done.
  function unfold() {
    var kept;
    try { kept = sessionStorage.getItem(key); sessionStorage.removeItem(key); } catch (error) { return; }
    var parts = document.querySelectorAll("details");
    (kept ? kept.split(",") : []).forEach(function (place) { if (parts[place]) parts[place].open = true; });
  }
  function remember() {
    var open = [];
    document.querySelectorAll("details").forEach(function (part, place) { if (part.open) open.push(place); });
    try { sessionStorage.setItem(key, open.join(",")); } catch (error) { /* then they are folded */ }
  }
  function stop() {
    clearTimeout(again);
    if (source) source.close();
    source = null;
  }
  function listen() {
    stop();
    if (document.hidden) return;
    source = new EventSource("/_preview/events");
    source.onmessage = function (event) {
      if (event.data === mine || event.data === "") return; // nothing is made yet
      stop();
      remember();
      location.reload();
    };
    source.onerror = function () {
      // Most browsers try again by themselves; some give up when the program is not running.
      if (source && source.readyState === EventSource.CLOSED) again = setTimeout(listen, 1000);
    };
  }
  document.addEventListener("visibilitychange", listen);
  listen();
  document.addEventListener("DOMContentLoaded", unfold);
})();
