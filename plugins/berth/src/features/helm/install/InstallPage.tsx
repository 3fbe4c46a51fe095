import { useState } from 'react';
import { Alert, Container, Header, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ChartAddress, helmReleaseName } from '@berth/plugin-berth-common';
import { useParams, useSearchParams } from 'react-router-dom';
import { Section, useText } from '../../../kit';
import { useChartVersions, usePageTitle } from '../../../kit/hooks';
import pageStyles from '../../../kit/page.module.css';
import { chartRouteRef, chartsRouteRef } from '../../../routes';
import styles from '../helm.module.css';
import { useHelmWriting } from '../operations/useOperations';
import { usePortalReason } from '../operations/usePortalReason';
import { RepositoryDefaults } from '../upgrade/ChartDefaults';
import { useValuesChange } from '../upgrade/useValuesChange';
import { CheckAndStart, ValuesEditor } from '../upgrade/ValuesEditor';
import { VersionSelect } from '../upgrade/VersionSelect';
import { Place, PlaceFields } from './PlaceFields';
import { useReasonAgainstPlace } from './useReasonAgainstPlace';

/** Installs a chart: the person chooses where, edits the values, and sees what Helm would create before it starts. */
export function InstallPage() {
  const { repository = '', chart = '' } = useParams();
  // Nothing that a person entered for one chart may move on to another.
  return (
    <AddressedPage
      key={`${repository}/${chart}`}
      address={{ repository, chart }}
    />
  );
}

function AddressedPage({ address }: { address: ChartAddress }) {
  const { repository, chart: name } = address;
  const t = useText();
  const chartHref = useRouteRef(chartRouteRef)(address);
  const list = useRouteRef(chartsRouteRef);
  const title = t('helm.install.title', { chart: name });
  usePageTitle(title, t('charts.title'));

  const [parameters] = useSearchParams();
  const versions = useChartVersions(address);
  const [chosen, setChosen] = useState(parameters.get('version') ?? undefined);
  const version = chosen ?? versions.value?.latest;
  const reference =
    version === undefined ? undefined : { repository, name, version };
  const [place, setPlace] = useState<Place>({
    cluster: parameters.get('cluster') ?? '',
    namespace: parameters.get('namespace') ?? '',
    release: helmReleaseName.safeParse(name).success ? name : '',
  });

  const change = useValuesChange('', (values, { skipCrds }) => ({
    ...{ kind: 'install', ...place, values },
    chart: { repository, name, version: version ?? '' },
    // A preview asks for fewer rights without the definitions.
    ...(skipCrds && { options: { skipCrds } }),
  }));
  const { value: writing } = useHelmWriting();
  const portalReason = usePortalReason();
  const placeReason = useReasonAgainstPlace(place);
  const disabledReason = portalReason ?? reasonAgainst();

  return (
    <>
      <Header
        title={title}
        breadcrumbs={[
          { label: t('charts.title'), href: list() },
          { label: name, href: chartHref },
        ]}
        metadata={[{ label: t('charts.facts.repository'), value: repository }]}
      />
      <Container>
        <div className={pageStyles.tab}>
          <Text as="p" color="secondary">
            {t('helm.install.description')}
          </Text>
          {writing?.writable === false && (
            <Alert
              role="status"
              status="warning"
              icon
              title={t('helm.install.notHere')}
              description={writing.reason}
            />
          )}
          <Section title={t('helm.install.place')}>
            <div className={styles.choices}>
              <VersionSelect
                versions={versions}
                value={version}
                isDisabled={change.isStarting}
                onChange={next => {
                  setChosen(next);
                  change.forget();
                }}
              />
              <PlaceFields
                place={place}
                isDisabled={change.isStarting}
                onChange={next => {
                  setPlace(next);
                  change.forget();
                }}
              />
            </div>
          </Section>
          <ValuesEditor
            change={change}
            label={t('helm.install.editLabel', { chart: name })}
            source={reference}
            presetPlace={
              reference && { chart: reference, cluster: place.cluster }
            }
          >
            {reference && <RepositoryDefaults chart={reference} />}
          </ValuesEditor>
          <CheckAndStart
            change={change}
            kind="install"
            disabledReason={disabledReason}
            backHref={chartHref}
          />
        </div>
      </Container>
    </>
  );

  function reasonAgainst(): string | undefined {
    const { cluster, namespace, release } = place;
    if (version === undefined) {
      return t('helm.upgrade.chooseVersion');
    }
    if (cluster === '' || namespace === '') {
      return t('helm.install.choosePlace');
    }
    return helmReleaseName.safeParse(release).success
      ? placeReason
      : t('helm.install.chooseName');
  }
}
