import { useTranslation } from 'react-i18next';
import type { Trouble as Kind, Visit } from './visit';

const OF_MICROPHONE: Kind[] = ['ask', 'denied', 'missing', 'insecure'];

/** What went wrong, and the ways on; without a microphone one can still try everything. */
export function Trouble({ visit, trouble, number }: { visit: Visit; trouble: Kind; number: string | null }) {
  const { t } = useTranslation('callus');
  const silent = OF_MICROPHONE.includes(trouble);
  return (
    <div role="alert" className="trouble">
      <p>{t(`trouble.${trouble}`)}</p>
      {number && trouble !== 'closed' && (
        <div className="row">
          {silent && (
            <>
              <button type="button" className="primary" onClick={() => void visit.dial(number, 'tone')}>
                {t('withTone')}
              </button>
              <button type="button" onClick={() => void visit.dial(number, 'silence')}>
                {t('withSilence')}
              </button>
            </>
          )}
          <button type="button" onClick={() => void visit.dial(number, 'microphone')}>
            {t(silent ? 'againMicrophone' : 'again')}
          </button>
        </div>
      )}
    </div>
  );
}
