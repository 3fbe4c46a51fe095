/*
 * The benchmarks measure the inside of the backend, which the published packages do not export.
 */
/* eslint-disable @backstage/no-forbidden-package-imports, @backstage/no-mixed-plugin-imports */
export * from '@berth/plugin-berth-backend/internal';
export * from '@berth/plugin-catalog-backend-module-berth/internal';
