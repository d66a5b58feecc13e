import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export const SHORTEST = 10;

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

/** A password to be chosen. It can be looked at, so that it need not be typed twice. */
export function NewPasswordField({ label, value, onChange, autoFocus }: Props) {
  const { t } = useTranslation('account');
  return (
    <PasswordInput
      label={label}
      description={
        value && value.length < SHORTEST
          ? t('password.left', { count: SHORTEST - value.length })
          : t('password.hint', { count: SHORTEST })
      }
      autoComplete="new-password"
      minLength={SHORTEST}
      maxLength={200}
      required
      withAsterisk={false}
      autoFocus={autoFocus}
      data-autofocus={autoFocus || undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0 }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
