import type { Problem } from '@cpo-console/shared/api/page.ts';
import { ApiError, apiUrl, type Query } from './api-client.ts';

interface Upload {
  path: string;
  query: Query;
  file: File;
  /** From 0 to 1. */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

/** POSTs a file as it is. By XMLHttpRequest: fetch does not tell how far it has come. */
export function uploadFile<T>({ path, query, file, onProgress, signal }: Upload): Promise<T> {
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const fail = (): void =>
      reject(new ApiError({ type: 'about:blank', title: 'unreachable', status: 0, detail: '', ...problemOf(request) }));
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else fail();
    });
    request.addEventListener('error', fail);
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', apiUrl(path, query));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

function problemOf({ responseText, status, statusText }: XMLHttpRequest): Partial<Problem> {
  if (status === 0) return {};
  try {
    return JSON.parse(responseText) as Problem;
  } catch {
    return { status, title: statusText };
  }
}
