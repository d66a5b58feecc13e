import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

const features = ['@/features', '@/features/*', '**/../features/**'];
const app = ['@/app', '@/app/*', '**/../app/**'];

/** What a folder must not import, so that imports go one way: shared → features → app. */
const forbids = (patterns, message) => ({
  'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }],
});

const ofFeatures =
  'A feature imports neither app nor another feature (its own files by relative path): what two need goes to shared.';

export default ts.config(
  { ignores: ['node_modules', 'dist', 'src/api/schema.d.ts', 'public'] },
  js.configs.recommended,
  ...ts.configs.strict,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'react-hooks/incompatible-library': 'off', // Warns of what the React Compiler leaves alone, which is not used.
      'jsx-a11y/no-autofocus': 'off', // Dialogs and search fields take the focus, as keyboard users expect.
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Markup in texts is shown as text.',
        },
      ],
    },
  },
  {
    files: ['src/api/**'],
    rules: forbids([...app, ...features, '@/shared/*', '**/../shared/**'], 'api imports nothing of ours.'),
  },
  {
    files: ['src/shared/**'],
    rules: forbids([...app, ...features], 'shared imports neither features nor app.'),
  },
  {
    files: ['src/features/**'],
    rules: forbids([...app, ...features, '../*/**'], ofFeatures),
  },
  // From two folders down, the feature's own files are two steps up.
  { files: ['src/features/*/*/*/**'], rules: forbids([...app, ...features, '../../../**'], ofFeatures) },
  { files: ['*.cjs', '*.config.*', 'scripts/**'], languageOptions: { globals: { ...globals.node } } },
);
