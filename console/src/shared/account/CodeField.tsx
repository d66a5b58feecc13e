import { TextInput } from '@mantine/core';
import classes from './account.module.css';

interface Props {
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
  /** A recovery code, with letters, rather than six digits. */
  recovery?: boolean;
}

/** Takes the code of an authenticator app, or one for recovery, however it is typed or pasted. */
export function CodeField({ label, description, value, onChange, recovery }: Props) {
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      inputMode={recovery ? 'text' : 'numeric'}
      autoComplete={recovery ? 'off' : 'one-time-code'}
      autoCapitalize="off"
      spellCheck={false}
      maxLength={recovery ? 30 : 10}
      size="md"
      required
      withAsterisk={false}
      // The step has only this field, and it has just been asked for.
      data-autofocus
      autoFocus
      classNames={recovery ? {} : { input: classes.digits }}
    />
  );
}
