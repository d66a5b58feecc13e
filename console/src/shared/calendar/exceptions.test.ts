// feature: HRS-03
import { expect, it } from 'vitest';
import { covers, exceptionOn } from './exceptions';

const summer = { name: 'Sommar', from: '2027-06-01', to: '2027-08-31' };
const eve = { name: 'Midsommarafton', from: '2027-06-25', to: '2027-06-25' };
const newYear = { name: 'Nyår', from: '2026-12-31', to: '2027-01-02', yearly: true };

it('covers its days, of every year when it is said so', () => {
  expect(covers(summer, '2027-08-31')).toBe(true);
  expect(covers(summer, '2028-07-01')).toBe(false);
  expect(covers(newYear, '2031-01-01')).toBe(true);
  expect(covers(newYear, '2031-01-03')).toBe(false);
});

it('gives way to a shorter one', () => {
  expect(exceptionOn([summer, eve], '2027-06-25')?.name).toBe('Midsommarafton');
  expect(exceptionOn([summer, eve], '2027-06-26')?.name).toBe('Sommar');
  expect(exceptionOn([{ ...eve, name: 'Varje år', yearly: true }, eve], '2027-06-25')?.name).toBe(
    'Midsommarafton',
  );
  expect(exceptionOn([summer], '2027-05-31')).toBeNull();
});
