// Loads a page of the preview anew when there is another state of it. Only pages in sight listen: a
// browser keeps few connections to one address, and hidden tabs would use them up.
(function () {
  "use strict";
  var mine = document.currentScript.dataset.mark;
  var source = null, again = 0;

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
      location.reload();
    };
    source.onerror = function () {
      // Most browsers try again by themselves; some give up when the program is not running.
      if (source && source.readyState === EventSource.CLOSED) again = setTimeout(listen, 1000);
    };
  }
  document.addEventListener("visibilitychange", listen);
  listen();
})();
