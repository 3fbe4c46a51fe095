import {
  Chart,
  ChartRepository,
  ChartRepositoryCredential,
  ChartVersion,
  ChartView,
} from '@berth/plugin-berth-common';
import { CountedPositionedPage, PageRequest } from '../../model/paging';

/** How the portal reads a chart repository, and what it trusts. */
export interface RepositorySettings {
  name: string;
  /** With a slash at its end. An oci:// address for the charts of a registry. */
  url: string;
  /** Proves to the repository that the portal may read it. */
  credential?: ChartRepositoryCredential;
  /** The CA that signed the certificate of the repository; the public ones by default. */
  caPem?: string;
  /** The public keys of which a chart must have a signature, as `gpg --export` writes them, in base64. */
  keyring?: string;
  /** Names of charts, with `*` for any characters; all by default. A registry has whole names. */
  charts?: string[];
}

export type RepositoryAddress = Pick<RepositorySettings, 'name' | 'url'>;

/** The settings that the charts depend on. */
export type ListedRepository = Pick<
  RepositorySettings,
  'name' | 'url' | 'charts'
>;

/** A version of a chart in an index. */
export interface IndexedVersion {
  version: string;
  appVersion?: string;
  kubeVersion?: string;
  createdAt?: string;
  /** The SHA-256 of the archive, in hexadecimal. */
  digest?: string;
  /** As the index has it: absolute, or relative to the repository. The tag in a registry. */
  url: string;
  deprecated: boolean;
  prerelease: boolean;
}

/** A chart in an index. */
export interface IndexedChart {
  name: string;
  latest: IndexedVersion;
  description?: string;
  home?: string;
  sources: string[];
  keywords: string[];
  /** The latest first. */
  versions: IndexedVersion[];
}

/** What makes the next request conditional. */
export interface Conditions {
  etag?: string;
  lastModified?: string;
}

/** What a repository answered last. */
export interface RepositoryState extends Conditions {
  /** Of the settings that the charts depend on. */
  fingerprint?: string;
}

/** The charts of a repository, as it lists them now. */
export interface ChartIndex extends Conditions {
  /** Absent if nothing changed since the conditions. */
  charts?: AsyncIterable<IndexedChart[]>;
  /** Why some charts are missing. */
  problem?: string;
}

/** The answer of a repository whose index changed. */
export interface NewIndex
  extends Required<Pick<ChartIndex, 'charts'>>,
    Pick<ChartIndex, 'problem'>,
    RepositoryState {
  at: string;
}

/** Where the archive of a version is. */
export interface ArchivePlace extends Pick<IndexedVersion, 'url' | 'digest'> {}

/** Reads charts of repositories of one kind. All throw ChartError with the reason. */
export interface ChartSource {
  read(repository: RepositorySettings, known: Conditions): Promise<ChartIndex>;
  /** Returns the SHA-256 of an archive whose place has none, if the repository has it. */
  digestOf(
    repository: RepositorySettings,
    chart: string,
    place: ArchivePlace,
  ): Promise<string | undefined>;
  /** Fetches an archive. The caller compares its digest. */
  archive(
    repository: RepositorySettings,
    chart: string,
    place: ArchivePlace,
  ): Promise<Buffer>;
  /** Fetches the provenance file of an archive, which has its signature. */
  provenance(
    repository: RepositorySettings,
    chart: string,
    place: ArchivePlace,
  ): Promise<Buffer>;
}

/** What to list. */
export interface ChartFilter {
  search?: string;
  repository?: string[];
  name?: string[];
}

export interface ChartStore {
  repositories(): Promise<ChartRepository[]>;
  repository(name: string): Promise<ChartRepository | undefined>;
  stateOf(repository: string): Promise<RepositoryState>;
  /** Replaces the charts of a repository, unless it is gone, or has another address or other `charts` now. */
  replace(repository: ListedRepository, index: NewIndex): Promise<void>;
  /**
   * Records that the index of a repository is unchanged.
   *
   * @param problem - why some charts are missing
   */
  recordUnchanged(
    repository: RepositoryAddress,
    at: string,
    problem?: string,
  ): Promise<void>;
  recordProblem(
    repository: RepositoryAddress,
    at: string,
    message: string,
  ): Promise<void>;
  list(
    filter: ChartFilter,
    page: PageRequest,
  ): Promise<CountedPositionedPage<Chart>>;
  chart(repository: string, name: string): Promise<ChartView | undefined>;
  versions(
    repository: string,
    chart: string,
    page: PageRequest,
  ): Promise<CountedPositionedPage<ChartVersion>>;
  /** Returns where the archive of a version is. */
  version(
    repository: string,
    chart: string,
    version: string,
  ): Promise<ArchivePlace | undefined>;
}
