/** What is plainly wrong on a card, before the server is asked. The server decides in the end. */
import type { Person } from './queries';

export type Complaint =
  'needed' | 'email' | 'emailTaken' | 'extension' | 'extensionTaken' | 'key' | 'keyTaken' | 'numberNeeded';

/** By name of the setting. */
export function complaints(person: Person, people: Person[], isNew: boolean): Record<string, Complaint> {
  const found: Record<string, Complaint> = {};
  const others = isNew ? people : people.filter(({ key }) => key !== person.key);
  const { name, key, email, extension, number } = withoutBlanks(person);
  if (!name) found.name = 'needed';
  if (isNew) {
    if (!/^[a-z][a-z0-9-]{0,47}$/.test(key)) found.key = 'key';
    else if (others.some((each) => each.key === key)) found.key = 'keyTaken';
  }
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) found.email = 'email';
  else if (others.some((each) => each.email.toLowerCase() === email.toLowerCase()))
    found.email = 'emailTaken';
  if (extension && !/^[0-9]{3,6}$/.test(extension)) found.extension = 'extension';
  else if (extension && others.some((each) => each.extension === extension))
    found.extension = 'extensionTaken';
  if (person.answers_at === 'number' && !number) found.number = 'numberNeeded';
  return found;
}

/** As it is sent, apart from its numbers: nothing where nothing was written. */
export function withoutBlanks(person: Person): Person {
  const fields = Object.entries(person.fields ?? {}).filter(([, value]) => value.trim());
  return {
    ...person,
    name: person.name.trim(),
    email: person.email.trim(),
    extension: person.extension?.trim() || null,
    number: person.number?.trim() || null,
    mobile: person.mobile?.trim() || null,
    presented: person.presented?.trim() || null,
    fields: Object.fromEntries(fields),
  };
}
