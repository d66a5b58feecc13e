/** Countries and time zones of the world, and times of day as people type them. */
import i18next from 'i18next';
import type { Option } from './context';

const CODES =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

/** By name in the reader's language. */
export function countries(): Option[] {
  const names = new Intl.DisplayNames(i18next.language, { type: 'region' });
  const found = CODES.split(' ').map((value) => ({ value, label: names.of(value) ?? value }));
  return found.sort((one, other) => one.label.localeCompare(other.label, i18next.language));
}

export function timezones(): Option[] {
  return Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}

/** `8` as 08:00, `830` as 08:30, `8.30` as 08:30; what cannot be understood stays. */
export function writtenTime(text: string): string {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  if (!found) return text;
  return `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`;
}
