/** Five steps from the first sign-in to the first call that is found again. It never stands in the way. */
import { Button, CloseButton } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { usePhoneView } from '@/shared/phone';
import { useMe } from '@/shared/session';
import { endTour, goTo, startTour, type Step, STEPS, tourSeen, useTour } from '@/shared/tour';
import { useHighlight } from './useHighlight';
import classes from './Tour.module.css';

export function Tour() {
  const me = useMe();
  const at = useTour((state) => state.at);
  const callUs = useQuery({
    queryKey: ['call-us'],
    queryFn: () => call(api.GET('/api/public/call-us')),
    retry: false,
    staleTime: Infinity,
  });
  const callable = callUs.data?.key === me.organisation;
  const person = me.person;
  useEffect(() => {
    // By itself only where one can call from a second tab: with real callers nobody wants to be shown around.
    if (callable && person && !tourSeen(person)) startTour();
  }, [callable, person]);
  const step = at === null ? undefined : STEPS[at];
  return step && person ? <Card step={step} at={at ?? 0} person={person} callable={callable} /> : null;
}

interface Props {
  step: Step;
  at: number;
  person: string;
  callable: boolean;
}

function Card({ step, at, person, callable }: Props) {
  const { t } = useTranslation('tour');
  const done = useDone(step);
  useHighlight(step);
  const last = at === STEPS.length - 1;
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // It is for this card, not for what is behind it.
    event.preventDefault();
    endTour(person);
  };
  return (
    // Escape anywhere within it ends it, as in a dialog, which it is not: the page stays usable.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className={classes.card} aria-label={t('title')} onKeyDown={close}>
      <div className={classes.head}>
        <span className={classes.count}>{t('count', { at: at + 1, all: STEPS.length })}</span>
        <CloseButton size="sm" aria-label={t('end')} onClick={() => endTour(person)} />
      </div>
      <div aria-live="polite">
        <h2 className={classes.name}>{t(`${step}.title`)}</h2>
        <p className={classes.text}>
          {t(step === 'callUs' && !callable ? 'callUs.withoutPage' : `${step}.text`)}
        </p>
        {done && <p className={classes.done}>{t(`${step}.done`)}</p>}
      </div>
      {step === 'callUs' && callable && (
        <Button
          component="a"
          href="/call-us"
          target="_blank"
          rel="noopener"
          variant="default"
          rightSection={<IconExternalLink size={15} stroke={1.7} aria-hidden />}
          onClick={() => goTo(at + 1, person)}
        >
          {t('callUs.open')}
        </Button>
      )}
      {step === 'find' && (
        <Button component={Link} to="/calls" variant="default">
          {t('find.open')}
        </Button>
      )}
      <div className={classes.ways}>
        <Button
          variant="subtle"
          color="gray"
          style={{ visibility: at === 0 ? 'hidden' : undefined }}
          onClick={() => goTo(at - 1, person)}
        >
          {t('back')}
        </Button>
        <Button variant={done || last ? 'filled' : 'default'} onClick={() => goTo(at + 1, person)}>
          {t(last ? 'finish' : 'next')}
        </Button>
      </div>
    </section>
  );
}

/** Whether what the step asks for has been done. */
function useDone(step: Step): boolean {
  const { reach, calls } = usePhoneView();
  const [talked, setTalked] = useState(false);
  const talking = calls.some(({ state }) => state === 'talking');
  if (talking && !talked) setTalked(true);
  if (step === 'phone') return reach === 'ready';
  return step === 'answer' && talked;
}
