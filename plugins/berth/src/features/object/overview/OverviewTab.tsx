import { useMemo } from 'react';
import {
  ObjectAddress,
  ObjectView,
  RelatedObjectList,
} from '@berth/plugin-berth-common';
import pageStyles from '../../../kit/page.module.css';
import { Polled } from '../../../kit/query';
import { detailsOf } from '../kinds/detailsOf';
import { ConditionsSection } from './ConditionsSection';
import { ManagersSection } from './ManagersSection';
import { MetadataSection } from './MetadataSection';
import { RelatedSection } from './RelatedSection';

/** Shows an object: first what is particular to its kind, then what all objects have. */
export function OverviewTab(props: {
  address: ObjectAddress;
  view: ObjectView;
  related: Polled<RelatedObjectList>;
}) {
  const { address, view, related } = props;
  // Not a component of this render: it would lose its state with the next one.
  const Details = useMemo(() => detailsOf(address), [address]);
  return (
    <>
      {Details && (
        <Details address={address} view={view} related={related.value?.items} />
      )}
      <ConditionsSection address={address} object={view.object} />
      <div className={pageStyles.grid}>
        <MetadataSection address={address} view={view} />
        <RelatedSection address={address} related={related} />
      </div>
      <ManagersSection managers={view.managers} />
    </>
  );
}
