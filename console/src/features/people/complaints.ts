/** What is plainly wrong on a card, before the server is asked. The server decides in the end. */
import type { Person } from './queries';

export type Complaint =
  | 'needed'
  | 'email'
  | 'emailTaken'
  | 'number'
  | 'extension'
  | 'extensionTaken'
  | 'key'
  | 'keyTaken'
  | 'numberNeeded';

const NUMBER = /^\+[1-9][0-9]{4,14}$/;

/** By name of the setting. */
export function complaints(person: Person, people: Person[], isNew: boolean): Record<string, Complaint> {
  const found: Record<string, Complaint> = {};
  const others = isNew ? people : people.filter(({ key }) => key !== person.key);
  const { name, key, email, extension, number, mobile, presented } = withoutBlanks(person);
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
  for (const [setting, value] of Object.entries({ number, mobile, presented }))
    if (value && !NUMBER.test(value)) found[setting] = 'number';
  if (person.answers_at === 'number' && !number) found.number = 'numberNeeded';
  return found;
}

/** As it is sent: numbers without blanks, and nothing where nothing was written. */
export function withoutBlanks(person: Person): Person {
  const fields = Object.entries(person.fields ?? {}).filter(([, value]) => value.trim());
  return {
    ...person,
    name: person.name.trim(),
    email: person.email.trim(),
    extension: person.extension?.trim() || null,
    number: international(person.number),
    mobile: international(person.mobile),
    presented: international(person.presented),
    fields: Object.fromEntries(fields),
  };
}

function international(typed: string | null | undefined): string | null {
  return typed?.replace(/[\s-]/g, '').replace(/^00/, '+') || null;
}
