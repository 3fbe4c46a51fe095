export { Bar, QuotaBars, TightestBar } from './QuotaBars';
export { fractionOf, tightestOf, usesOf } from './quotaUse';
export type { ResourceUse } from './quotaUse';
export {
  amountOf,
  formatAmount,
  formatUse,
  nodeResourceOf,
  unitOf,
} from './resources';
export {
  labelOfResource,
  useResourceLabel,
  useUseText,
  useBoundsText,
} from './quotaTexts';
export { DefaultFields } from './DefaultFields';
export { HardFields } from './HardFields';
export { PlacementNote } from './PlacementNote';
export { QuotaEffect } from './QuotaEffect';
export { usePlacementText, useSizeText, usualSizeOf } from './sizes';
export { SizeClassSelect } from './SizeClassSelect';
export {
  formOf,
  placementIn,
  quotaProblem,
  quotaSchema,
  requestOf,
} from './quotaForm';
export type { QuotaForm } from './quotaForm';
