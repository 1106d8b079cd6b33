import { describe, expect, it } from 'vitest';
import { emptyCase, isDate, problems } from './form';

const good = { ...emptyCase('UTC'), name: 'A', owner: 'B', purpose: 'C' };

describe('the form for a new case', () => {
  it('asks for what a case cannot do without', () => {
    expect(Object.keys(problems(emptyCase('UTC'), ''))).toEqual(['name', 'owner', 'purpose', 'folder']);
    expect(problems({ ...good, name: '   ' }, '/x')).toEqual({ name: 'form.required' });
  });

  it('takes what is complete', () => {
    expect(problems(good, '/x')).toEqual({});
    expect(problems({ ...good, retain_until: '2027-12-31' }, '/x')).toEqual({});
  });

  it('takes only days that exist', () => {
    expect(problems({ ...good, retain_until: '31/12/2027' }, '/x')).toEqual({
      retain_until: 'form.bad_date',
    });
    expect(isDate('2025-02-30')).toBe(false);
    expect(isDate('2024-02-29')).toBe(true);
  });
});
