// What is wrong with the page for people who read it by other means; run as the body of a function.
const wrong = [];
const say = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
const visible = (element) => element.checkVisibility();

const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => wrong.push(`id twice: ${id}`));
for (const element of document.querySelectorAll('[aria-labelledby], a[href^="#"]')) {
  const id = element.getAttribute('aria-labelledby') ?? element.hash.slice(1);
  if (!document.getElementById(id)) say('refers to nothing', element);
}
for (const element of document.querySelectorAll('input, button, a, summary')) {
  const labels = [...(element.labels ?? [])].map((label) => label.textContent).join('');
  if (!(labels + element.textContent + (element.ariaLabel ?? '')).trim()) say('no name', element);
}
let level = 0;
for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
  const next = Number(heading.tagName[1]);
  if (next > level + 1) say('a level of headings is left out', heading);
  level = next;
}

// Contrast by WCAG 2.2, 1.4.3: 4.5 to 1 for text.
const channels = (color) => color.match(/[\d.]+/g).map(Number);
const light = (color) => {
  const [r, g, b] = channels(color).map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const back = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if ((channels(color)[3] ?? 1) === 1) return color;
  }
  return 'rgb(255, 255, 255)';
};
const seen = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || /SCRIPT|STYLE/.test(element.tagName)) continue;
  if (!visible(element) || element.matches('.skip')) continue;
  const pair = [getComputedStyle(element).color, back(element)];
  if (seen.has(pair.join())) continue;
  seen.add(pair.join());
  const [high, low] = pair.map(light).sort((a, b) => b - a);
  const ratio = (high + 0.05) / (low + 0.05);
  if (ratio < 4.5) say(`contrast ${ratio.toFixed(2)} of ${pair.join(' on ')}`, element);
}
return wrong;
