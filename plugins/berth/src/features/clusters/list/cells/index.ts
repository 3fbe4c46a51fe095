export { CapacityCell } from './CapacityCell';
export { FigureCell } from './FigureCell';
export { GroupsCell } from './GroupsCell';
export { LastSeenCell } from './LastSeenCell';
export { NameCell } from './NameCell';
export { StateCell } from './StateCell';
