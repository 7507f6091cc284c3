// Tables: sorting, filtering, the first rows and all of them, and each table as a file.
(function () {
  "use strict";
  var report = window.reportgen;
  var FIRST = 20;

  // A table sorts by the data-sort of its cells, or by their text.
  var collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  function key(row, column) {
    var cell = row.cells[column];
    return cell.dataset.sort !== undefined ? cell.dataset.sort : cell.textContent.trim();
  }
  function compare(a, b) {
    if (a === b) return 0;
    if (a === "") return 1;
    if (b === "") return -1;
    var x = Number(a), y = Number(b);
    return isNaN(x) || isNaN(y) ? collator.compare(a, b) : x - y;
  }
  function sort(table, column, descending) {
    var body = table.tBodies[0];
    Array.from(body.rows)
      .map(function (row, place) { return { row: row, key: key(row, column), place: place }; })
      .sort(function (a, b) {
        if (a.key === "" || b.key === "") return compare(a.key, b.key) || a.place - b.place;
        return (descending ? -1 : 1) * compare(a.key, b.key) || a.place - b.place;
      })
      .forEach(function (one) { body.appendChild(one.row); });
    Array.from(table.tHead.rows[0].cells).forEach(function (head, index) {
      if (!head.querySelector("button")) return;
      if (index === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    changed(table);
  }
  function sortable(table, page) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      if (head.dataset.fixed !== undefined) return;
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var sorted = head.getAttribute("aria-sort");
        var descending = sorted ? sorted === "ascending" : head.dataset.first === "descending";
        sort(table, column, descending);
        if (table.id) page.remember(table.id, column + (descending ? "-" : "+"));
      });
    });
    var order = table.id && /^(\d+)([+-])$/.exec(page.state().get(table.id) || "");
    if (order && Number(order[1]) < table.tHead.rows[0].cells.length) {
      sort(table, Number(order[1]), order[2] === "-");
    }
  }

  // Filters show the rows that agree with every one of them.
  function filtering(form, part, page) {
    var table = document.getElementById(form.dataset.filter);
    var nothing = document.getElementById(form.dataset.filter + "-nothing");
    var count = document.getElementById(form.dataset.filter + "-count");
    var fields = Array.from(form.querySelectorAll("[name]"));
    var tables = [table].concat(Array.from(part.querySelectorAll("table.filtered")));
    function fits(row) {
      return fields.every(function (field) {
        var wanted = field.value.trim().toLocaleLowerCase();
        if (!wanted) return true;
        if (field.tagName === "SELECT") return (" " + row.dataset[field.name] + " ").includes(" " + wanted + " ");
        return row.textContent.toLocaleLowerCase().includes(wanted);
      });
    }
    function apply() {
      var asked = fields.some(function (field) { return field.value.trim(); });
      var shown = 0, all = 0;
      tables.forEach(function (one) {
        var rows = Array.from(one.tBodies[0].rows), matches = 0;
        rows.forEach(function (row) { row.hidden = !fits(row); if (!row.hidden) matches += 1; });
        var fold = one.closest("details");  // what was asked for must not stay folded away
        if (fold) fold.open = asked && matches > 0;
        shown += matches;
        all += rows.length;
        changed(one);
      });
      nothing.hidden = shown > 0;
      count.textContent = shown + " of " + all;
    }
    var now = page.state();
    fields.forEach(function (field) {
      field.value = now.get(field.name) || "";
      if (field.selectedIndex === -1) field.value = "";
      field.addEventListener("input", function () { page.remember(field.name, field.value); apply(); });
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () {
      fields.forEach(function (field) { page.remember(field.name, ""); });
      setTimeout(apply);
    });
    apply();
  }

  // The first rows, and a button for all of them. On paper, and without a script, all of them stand there.
  function changed(table) { table.dispatchEvent(new Event("rows")); }
  function rowsOf(table) { return Array.from(table.tBodies[0].rows); }
  function shortened(table, name, tools, page) {
    var first = Number(table.dataset.first) || FIRST;
    var whole = table.dataset.part === undefined ? "" : " on this page";  // the list goes on elsewhere
    if (rowsOf(table).length <= first) return;
    var button = tools.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "all";
    function isOpen() { return page.state().get("all-" + name) === "1"; }
    function fitting() { return rowsOf(table).filter(function (row) { return !row.hidden; }); }
    function apply() {
      var rows = fitting(), open = isOpen();
      rows.forEach(function (row, place) { row.classList.toggle("beyond", !open && place >= first); });
      button.hidden = rows.length <= first;
      button.textContent = open ? "The first " + first : "All " + rows.length.toLocaleString("en-GB") + whole;
      button.setAttribute("aria-expanded", open);
    }
    function open(wanted) { page.remember("all-" + name, wanted ? "1" : ""); apply(); }
    button.addEventListener("click", function () {
      var opening = !isOpen();
      open(opening);
      var next = opening && fitting()[first].querySelector("a, button");
      if (next) next.focus({ preventScroll: true });
    });
    table.addEventListener("rows", apply);
    table.addEventListener("reveal", function () { open(true); });
    apply();
  }

  // The table as it stands, sorted and filtered, for a spreadsheet: with a byte order mark, by which Excel
  // knows its letters, and no cell that could be taken for a formula.
  function text(cell) {
    var copy = cell.cloneNode(true);
    copy.querySelectorAll("svg, .tip, .anchor").forEach(function (one) { one.remove(); });
    var said = copy.textContent.replace(/\s+/g, " ").trim();
    return /^[=+\-@\t\r]/.test(said) ? "'" + said : said;
  }
  function csv(table) {
    var rows = [table.tHead.rows[0]].concat(rowsOf(table).filter(function (row) { return !row.hidden; }));
    return "\ufeff" + rows.map(function (row) {
      return Array.from(row.cells).map(function (cell) {
        var said = text(cell);
        return /[",]/.test(said) ? '"' + said.replace(/"/g, '""') + '"' : said;
      }).join(",") + "\r\n";
    }).join("");
  }
  function asFile(table, name, tools) {
    var button = tools.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = "Save as .csv";
    button.addEventListener("click", function () {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([csv(table)], { type: "text/csv" }));
      link.download = name + ".csv";
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); });
    });
  }

  // What is wider than the screen can be reached, and so scrolled, with the keyboard; a shade says where more is.
  function wide(box) {
    function show() {
      var beyond = box.scrollWidth - box.clientWidth;
      if (beyond > 0) box.tabIndex = 0; else box.removeAttribute("tabindex");
      box.classList.toggle("more-before", box.scrollLeft > 1);
      box.classList.toggle("more-after", box.scrollLeft < beyond - 1);
    }
    box.addEventListener("scroll", show, { passive: true });
    new ResizeObserver(show).observe(box);
  }

  report.parts.push(function (part, page) {
    part.querySelectorAll(".table > table").forEach(function (table, number) {
      var name = table.id ? table.id.replace(/.*:/, "") : "table-" + (number + 1);
      var tools = document.createElement("p");
      tools.className = "table-tools";
      shortened(table, name, tools, page);
      if (table.tHead) asFile(table, name, tools);
      if (tools.firstChild) table.parentNode.after(tools);
    });
    part.querySelectorAll("table[data-sortable]").forEach(function (table) { sortable(table, page); });
    part.querySelectorAll("form[data-filter]").forEach(function (form) { filtering(form, part, page); });
    if (window.ResizeObserver) part.querySelectorAll(".table, main > table, .part > table").forEach(wide);
  });
})();
