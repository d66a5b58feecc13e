import { isObject, type Json, type JsonObject } from '@/shared/forms';

export interface Difference {
  path: string;
  was: Json | undefined;
  is: Json | undefined;
}

/** What differs between two versions of a part, setting by setting; lists are compared as a whole. */
export function differences(before: JsonObject, after: JsonObject, path = ''): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const at = path ? `${path}.${name}` : name;
    if (isObject(was) && isObject(is)) return differences(was, is, at);
    return [{ path: at, was, is }];
  });
}
