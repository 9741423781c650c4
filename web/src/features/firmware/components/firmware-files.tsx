import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import { Drawer } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { firmwareFilesQuery } from '../api/firmware-queries.ts';
import { FirmwareFileForm } from './firmware-file-form.tsx';
import { FirmwareTable } from './firmware-table.tsx';

interface FirmwareFilesProps {
  search: string | undefined;
  onSearch: (search: string | undefined) => void;
}

/** The firmware that is kept here. */
export function FirmwareFiles({ search, onSearch }: FirmwareFilesProps) {
  const { t } = useTranslation();
  const may = useMay('firmware:write');
  const [open, setOpen] = useState<FirmwareFile | 'new' | null>(null);
  const query = useInfiniteQuery(firmwareFilesQuery);
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const files = all.filter((file) => matches(file, search ?? ''));
  const close = () => setOpen(null);
  return (
    <>
      <div className="row wrap">
        <SearchField label={t('firmware.search')} value={search ?? ''} onChange={onSearch} />
        <span className="grow" />
        {may && (
          <button type="button" className="btn p" onClick={() => setOpen('new')}>
            {t('firmware.upload')}
          </button>
        )}
      </div>
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && (
        <div className="panel">
          <SkeletonRows />
        </div>
      )}
      {query.data && files.length === 0 && (
        <div className="panel empty">
          <h2>{all.length > 0 ? t('empty.filtered') : t('firmware.emptyStore')}</h2>
          <p>{all.length > 0 ? t('firmware.emptyFiltered') : t('firmware.emptyStoreHint')}</p>
        </div>
      )}
      {files.length > 0 && <FirmwareTable files={files} onEdit={setOpen} />}
      {query.hasNextPage && (
        <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
          {t('action.more')}
        </button>
      )}
      <Drawer
        opened={open !== null}
        onClose={close}
        position="right"
        size={480}
        title={open === 'new' ? t('firmware.upload') : t('firmware.edit')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {open !== null && (
          <FirmwareFileForm
            file={open === 'new' ? null : open}
            maxBytes={query.data?.pages[0]?.maxBytes}
            onDone={close}
          />
        )}
      </Drawer>
    </>
  );
}

function matches(file: FirmwareFile, search: string): boolean {
  const text = [file.name, file.version, file.vendor, file.model, file.note, file.fileName].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
