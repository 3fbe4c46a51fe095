export { useAbilities } from './useAbilities';
export type { Ability, CheckAbility } from './useAbilities';
export type { Asked } from './allows';
