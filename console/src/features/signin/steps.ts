/** The way in: the password, then perhaps a code, or the setting up of the second factor. */
import { useNavigate } from '@tanstack/react-router';
import type { components } from '@/api/client';
import { chooseLanguage, type Language, LANGUAGES } from '@/shared/i18n';
import { queryClient } from '@/shared/query';
import { forgetDrafts } from '@/shared/session/drafts';
import { isBack } from '@/shared/session/farewell';
import { meQuery } from '@/shared/session';

export type Begun = components['schemas']['SessionBegun'];
export type Needed = components['schemas']['StepNeeded'];

export function isNeeded(answer: Begun | Needed): answer is Needed {
  return 'step' in answer;
}

/** Goes to where one wanted to go, in one's own language. */
export function useEnter(next: string | undefined) {
  const navigate = useNavigate();
  return async (begun: Begun) => {
    isBack();
    forgetDrafts(begun.me);
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, begun.me);
    if (begun.me.language in LANGUAGES) await chooseLanguage(begun.me.language as Language);
    await navigate({ href: next ?? '/', replace: true });
  };
}
