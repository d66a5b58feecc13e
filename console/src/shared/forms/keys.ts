/** `Öron, näsa & hals` as `oron-nasa-hals`: the key of a new part, from its name. */
export function keyFrom(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 48)
    .replace(/-+$/, '');
  return plain;
}

/** The key from the name, or with a number behind it when it is taken. */
export function freeKey(name: string, taken: Set<string>): string {
  const wanted = keyFrom(name) || 'new';
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted.slice(0, 44)}-${number}`)) number += 1;
  return `${wanted.slice(0, 44)}-${number}`;
}
