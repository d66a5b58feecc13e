import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call as ask, type components, ProblemError } from '@/api/client';
import { chooseLanguage, LANGUAGES, type Language } from '@/shared/i18n';
import { phoneNumber } from '@/shared/format';
import { InCall } from './InCall';
import { Trouble } from './Trouble';
import { useVisit, Visit } from './visit';

type Shown = components['schemas']['CallUsShown'];

/** Whom one can call from here, and the call. */
export function CallUsPage() {
  const { t } = useTranslation('callus');
  const [visit] = useState(() => new Visit());
  const now = useVisit(visit);
  const [shown, setShown] = useState<Shown | 'closed' | 'lost' | null>(null);
  const load = () =>
    void ask(api.GET('/api/public/call-us')).then(setShown, (error: unknown) =>
      setShown(error instanceof ProblemError && error.status === 404 ? 'closed' : 'lost'),
    );
  useEffect(load, []);
  const known = typeof shown === 'object' && shown !== null;
  const name = known ? shown.organisation : '';
  useEffect(() => {
    if (name && !now.call) document.title = t('pageTitle', { name });
  }, [name, now.call, t]);
  const called = known ? shown.numbers.find(({ number }) => number === now.number) : undefined;
  return (
    <main className="visit">
      <header>
        <img src="/mark.svg" alt="" width={40} height={40} />
        <div>
          <h1>{name || t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      {shown === null && <p role="status">{t('loading')}</p>}
      {shown === 'closed' && <p role="alert">{t('closed')}</p>}
      {shown === 'lost' && (
        <p role="alert">
          {t('trouble.no-contact')}{' '}
          <button type="button" onClick={load}>
            {t('again')}
          </button>
        </p>
      )}
      {known && now.call && <InCall visit={visit} state={now} name={called?.name ?? name} />}
      {known && !now.call && (
        <>
          <div role="status">{now.ended && <p className="told">{t(`ended.${now.ended}`)}</p>}</div>
          <ul className="numbers">
            {shown.numbers.map(({ number, name: entrance }) => (
              <li key={number}>
                <button
                  type="button"
                  className="call"
                  disabled={now.beginning}
                  onClick={() => void visit.dial(number)}
                >
                  <strong>{t('call', { name: entrance })}</strong>
                  <span>{phoneNumber(number)}</span>
                </button>
              </li>
            ))}
          </ul>
          {now.beginning && <p role="status">{t('connecting')}</p>}
          {now.trouble && <Trouble visit={visit} trouble={now.trouble} number={now.number} />}
        </>
      )}
      <footer>
        <p>{t('keepOpen')}</p>
        <Languages />
      </footer>
    </main>
  );
}

function Languages() {
  const { t, i18n } = useTranslation('callus');
  return (
    <label>
      <span className="visually-hidden">{t('language')}</span>
      <select
        value={i18n.language}
        onChange={(event) => void chooseLanguage(event.currentTarget.value as Language)}
      >
        {Object.entries(LANGUAGES).map(([key, own]) => (
          <option key={key} value={key} lang={key}>
            {own}
          </option>
        ))}
      </select>
    </label>
  );
}
