import axe from "axe-core";

/** What axe finds wrong in the page, one line each. Colours need a real browser and are left out. */
export async function findFaults(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, { rules: { "color-contrast": { enabled: false } } });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
