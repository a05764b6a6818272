/** What goes out where `fields` names nothing. */

export const PERMISSION_FIELDS = 'kind,id,type,role,allowFileDiscovery';
export const PERMISSION_LIST_FIELDS = `kind,nextPageToken,permissions(${PERMISSION_FIELDS})`;

export const FILE_FIELDS = 'kind,id,name,mimeType,resourceKey';
export const LIST_FIELDS =
  'kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType,resourceKey,driveId,teamDriveId)';

export const DRIVE_FIELDS = 'kind,id,name';
export const DRIVE_LIST_FIELDS = `kind,nextPageToken,drives(${DRIVE_FIELDS})`;

export const REVISION_FIELDS = 'kind,id,mimeType,modifiedTime';
export const REVISION_LIST_FIELDS = `kind,nextPageToken,revisions(${REVISION_FIELDS})`;

export const CHANGE_LIST_FIELDS =
  'kind,nextPageToken,newStartPageToken,changes(kind,type,changeType,time,removed,fileId,driveId,' +
  'file(kind,id,name,mimeType))';
