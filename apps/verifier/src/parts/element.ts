/** What an element holds: elements, text, and nothing where a part is left out. */
export type Content = Node | string | undefined | false;

type Attributes = Readonly<Record<string, string | boolean | EventListener | undefined>>;

/** Makes an element. Attributes beginning with "on" are listeners; true is an attribute without a value. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  apply(made, attributes);
  made.append(...content.filter(isNode));
  return made;
}

/** Makes an element of a drawing. */
export function shape(tag: string, attributes: Attributes = {}, ...content: readonly Content[]): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement; // the namespace says so
  apply(made, attributes);
  made.append(...content.filter(isNode));
  return made;
}

function apply(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
}

function isNode(content: Content): content is Node | string {
  return content !== undefined && content !== false;
}
