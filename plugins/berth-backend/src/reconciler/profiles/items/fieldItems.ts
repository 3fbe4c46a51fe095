import { isPodSecurityLabel } from '../podSecurity';
import { ItemOf } from './types';

/** Labels other than those of Pod Security. */
export const labelsItem: ItemOf = ({ labels = {} }) =>
  Object.keys(labels).some(key => !isPodSecurityLabel(key))
    ? { item: 'labels', state: 'set' }
    : undefined;

export const annotationsItem: ItemOf = ({ annotations = {} }) =>
  Object.keys(annotations).length > 0
    ? { item: 'annotations', state: 'set' }
    : undefined;
