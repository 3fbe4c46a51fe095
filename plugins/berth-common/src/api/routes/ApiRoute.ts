import type * as z from 'zod';

/** The header of a change that names the state that the caller saw. @public */
export type ChangeHeader = 'If-Match' | 'If-None-Match';

/** One route of the API. @public */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** The path, with parameters in braces, such as `/clusters/{name}`. */
  path: string;
  tag: string;
  summary: string;
  /** Details beyond the summary. */
  description?: string;
  /** The people who may call the route. The portal's permission policy can only restrict this. */
  caller: string;
  /** Whether the route needs no Backstage token. */
  anonymous?: true;
  /** Name of the permission that the portal's policy decides. */
  permission?: string;
  query?: z.ZodObject;
  headers?: ChangeHeader[];
  body?: z.ZodType;
  /** The status of a success. */
  status: number;
  /** The schema of the response body, if there is one. */
  answer?: z.ZodType;
  /** Media types of the response other than JSON. */
  otherTypes?: string[];
  /** The error statuses beyond those of every route. */
  errors?: number[];
}
