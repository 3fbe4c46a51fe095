export { CountNote } from './CountNote';
export { FailureBanner, FailureList } from './FailureBanner';
export { groupFailures, isRefused, isUnknownKind } from './failures';
export { PlaceFilters } from './PlaceFilters';
export {
  formatPlaces,
  parsePlaces,
  placesToList,
  PROBLEMS,
  valuesOf,
} from './placesQuery';
export type { PlacesQuery, PlacesScope } from './placesQuery';
export { KnownRefusals, withoutRefused } from './refusals';
export type { Refusals } from './refusals';
export { RowCollector } from './RowCollector';
export type { PlacedRow, RowListing } from './RowCollector';
export { Several } from './Several';
export { StatusFilter } from './StatusFilter';
export { isSettledList, StreamedFrame } from './StreamedFrame';
export { collectLines, useStreamedList } from './useStreamedList';
export type { ListLoad, StreamedList } from './useStreamedList';
export { useSeenNames } from './useSeenNames';
