(() => {
  "use strict";
  const table = document.getElementById("list"), body = table.tBodies[0];
  const controls = document.getElementById("controls"), words = controls.dataset;
  const rows = [...body.rows].map((row) => ({
    row, text: row.textContent.toLowerCase(), state: row.cells[1].firstChild.textContent,
  }));
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const make = (name, fields, ...inner) => {
    const node = Object.assign(document.createElement(name), fields);
    node.append(...inner);
    return node;
  };
  const field = make("input", { type: "search", id: "filter", autocomplete: "off" });
  const states = [...new Set(rows.map((one) => one.state))].sort(collator.compare);
  const choice = make("select", { id: "state" }, make("option", { value: "" }, words.all),
    ...states.map((state) => make("option", { value: state }, state)));
  const found = make("p", {});
  found.setAttribute("role", "status");
  controls.append(make("label", { htmlFor: "filter" }, words.filter), field,
    make("label", { htmlFor: "state" }, words.state), choice, found);

  const more = make("button", { type: "button" });
  const few = 250;
  let most = few, order = rows;
  table.parentElement.after(more);
  const show = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = order.filter((one) => (!choice.value || one.state === choice.value)
      && wanted.every((word) => one.text.includes(word)));
    body.replaceChildren(...fitting.slice(0, most).map((one) => one.row));
    found.textContent = words.found.replace("{found}", fitting.length)
      .replace("{all}", rows.length);
    more.hidden = fitting.length <= most;
    more.textContent = words.more.replace("{count}", fitting.length - most);
  };
  more.addEventListener("click", () => {
    const next = most;
    most = Infinity;
    show();
    body.rows[next].cells[0].querySelector("a")?.focus();
  });
  let due;
  const renew = () => { most = few; show(); };
  field.addEventListener("input", () => { clearTimeout(due); due = setTimeout(renew, 150); });
  choice.addEventListener("change", renew);

  const key = (row, column) => {
    const cell = row.cells[column], value = cell.dataset.value;
    return value === undefined ? cell.textContent : Number(value);
  };
  const compare = (a, b, sign) => {
    const numbers = [a, b].map((one) => typeof one === "number");
    if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1;  // what is not known comes last
    return sign * (numbers[0] ? a - b : collator.compare(a, b));
  };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const keyed = rows.map((one) => [key(one.row, column), one]);
      keyed.sort((a, b) => compare(a[0], b[0], falling ? -1 : 1));
      order = keyed.map((one) => one[1]);
      show();
    });
  });
  show();
})();
