import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

// A feature joins with another only on a page; the parts in components know no feature.
const features = ['identity', 'reports', 'workbench'];
const closed = (files, patterns, message) => ({
	files,
	rules: { 'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }] },
});

export default ts.config(
	{ ignores: ['build', '.preview', '.svelte-kit', '.svelte-kit-preview', 'src/contract'] },
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			// The routes are those of this window; every link is written in full.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/no-at-html-tags': 'error',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } },
	},
	{
		files: ['dev/**', '**/*.test.ts'],
		rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
	},
	closed(
		['src/lib/components/**', 'src/lib/i18n/**', 'src/lib/bridge/**'],
		['#lib/features/**', '**/features/**'],
		'Shared parts know no feature.',
	),
	...features.map((own) =>
		closed(
			[`src/lib/features/${own}/**`],
			features
				.filter((other) => other !== own)
				.flatMap((other) => [`#lib/features/${other}/**`, `**/${other}/**`]),
			'A feature never imports another; join them on a page.',
		),
	),
);
