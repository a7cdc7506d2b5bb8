const { transformSync } = require('esbuild');

/** Jest's transformer of TypeScript: it takes the types away, which `typecheck` checks. */
module.exports = {
  /** @param {string} source @param {string} path */
  process(source, path) {
    return transformSync(source, {
      loader: 'ts',
      format: 'cjs',
      target: 'node22',
      sourcefile: path,
      sourcemap: 'external',
      // Jest knows only `require`.
      supported: { 'dynamic-import': false },
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    });
  },
};
