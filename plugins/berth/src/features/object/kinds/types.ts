import {
  ObjectAddress,
  ObjectView,
  RelatedObject,
} from '@berth/plugin-berth-common';

/** What the page of an object shows of a kind. */
export interface DetailsProps {
  address: ObjectAddress;
  view: ObjectView;
  /** Undefined until the related objects are loaded. */
  related?: RelatedObject[];
}
