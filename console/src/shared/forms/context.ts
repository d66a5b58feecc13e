import { createContext, type ReactNode, useContext } from 'react';
import type { JsonSchema } from './schema';

/** How a field is shown, where its type does not say it. By pattern of the path: `members[].person`. */
export interface Hint {
  widget?:
    | 'reference'
    | 'time'
    | 'weekdays'
    | 'lines'
    | 'zone'
    | 'country'
    | 'language'
    | 'manuscripts'
    | 'templates';
  /** Of a reference: the list of the organisation that is chosen from. */
  list?: string;
  unit?: 'seconds' | 'minutes' | 'days';
  /** Not shown; keeps its value. */
  hidden?: boolean;
  /** Beside each other where there is room. */
  narrow?: boolean;
  /** Of templates: shown below each text. */
  below?: (text: string, language: string) => ReactNode;
  /** What may be chosen besides, such as the name of the music. */
  suggestions?: string[];
}

export interface Option {
  value: string;
  label: string;
}

export interface FormTexts {
  label: (pattern: string) => string;
  help: (pattern: string) => string;
  choice: (pattern: string, value: string) => string;
}

export interface FormContext {
  root: JsonSchema;
  hints: Record<string, Hint>;
  texts: FormTexts;
  /** What is wrong, by path. */
  errors: Record<string, string>;
  options: (list: string) => Option[];
  readOnly: boolean;
  /** The field was left: from now on it may complain. */
  touch: (path: string) => void;
}

export const Form = createContext<FormContext | null>(null);

export function useForm(): FormContext {
  const found = useContext(Form);
  if (!found) throw new Error('a field outside of a form');
  return found;
}
