import { expect, it } from 'vitest';
import { matching, offer, offered, type Action } from './actions.svelte';

const action = (text: string): Action => ({ id: text, text, group: 'palette.go', run: () => undefined });
const list = ['Go to Explore', 'Explore by language', 'Acción: deshacer', 'Export'].map(action);

it('finds by the beginnings of words, in any order and without accents', () => {
  expect(matching(list, 'expl').map((a) => a.text)).toEqual(['Explore by language', 'Go to Explore']);
  expect(matching(list, 'lang exp').map((a) => a.text)).toEqual(['Explore by language']);
  expect(matching(list, 'accion').map((a) => a.text)).toEqual(['Acción: deshacer']);
  expect(matching(list, '  ')).toHaveLength(4);
  expect(matching(list, 'zzz')).toEqual([]);
});

it('offers what is there, as long as it is there', () => {
  const stop = offer(() => list.slice(0, 2));
  expect(offered().map((a) => a.text)).toEqual(['Go to Explore', 'Explore by language']);
  stop();
  expect(offered()).toEqual([]);
});
