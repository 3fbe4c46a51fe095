const INLINE =
  /^(A|ABBR|B|BR|BUTTON|CODE|EM|I|IMG|INPUT|KBD|LABEL|SELECT|SMALL|SPAN|STRONG|SUB|SUP|TEXTAREA|TIME|svg|path)$/;

/**
 * Computes styles by what is written at an element and around it. jsdom compares each rule of each style sheet with
 * the element and all around it, at each query by role, which takes a third of the time of these tests. No test is
 * about what a style sheet hides: that is seen in a browser only.
 */
export function styleByAttributes(element: Element): CSSStyleDeclaration {
  const { style, hidden, tagName } = element as HTMLElement;
  let visibility = '';
  for (
    let around: HTMLElement | null = element as HTMLElement;
    around && !visibility;
    around = around.parentElement
  ) {
    visibility = around.style?.visibility ?? '';
  }
  const computed: Record<string, string> = {
    display: hidden
      ? 'none'
      : style.display || (INLINE.test(tagName) ? 'inline' : 'block'),
    visibility: visibility || 'visible',
    opacity: style.opacity || '1',
    pointerEvents: style.pointerEvents,
  };
  return new Proxy(style, {
    get: (target, name: string) =>
      name === 'getPropertyValue'
        ? (property: string) =>
            computed[property] ?? target.getPropertyValue(property)
        : computed[name] ?? Reflect.get(target, name, target),
  });
}
