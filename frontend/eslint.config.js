import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// Posts are text that strangers wrote: nothing in this page may turn a string into markup.
const noMarkup = [
  'error',
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]',
    message: 'Text is shown as text nodes only.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(write|writeln|createContextualFragment|parseFromString)$/]',
    message: 'Text is shown as text nodes only.',
  },
];

export default defineConfig(
  { ignores: ['dist/', 'wailsjs/', 'node_modules/'] },
  ...tseslint.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'scripts/*.mjs'] },
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'no-restricted-syntax': noMarkup,
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-console': 'error',
      // "void x" is how an effect names what it depends on.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_' }],
      // Parameters of the address are values: made anew for each change, never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': 'off',
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
    },
  },
  {
    // Generated bindings have one importer, so that the rest of the page knows nothing of Wails.
    files: ['src/**'],
    ignores: ['src/lib/api/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['$wails/*', '**/wailsjs/**'], message: 'Use $lib/api.' }] },
      ],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/lib/ui/**', 'src/lib/api/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['$wails/*', '**/wailsjs/**'], message: 'Use $lib/api.' },
            { group: ['bits-ui'], message: 'Use $lib/ui.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
    // ESLint sees what comes from another component as any; svelte-check, which knows better, checks those types.
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['scripts/**', '*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-console': 'off' },
  },
);
