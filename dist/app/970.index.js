export const id = 970;
export const ids = [970];
export const modules = {

/***/ 2160:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ FileStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);



/** Keeps each scope's state in a file of a folder, replaced as a whole. */
class FileStore {
    folder;
    constructor(folder) {
        this.folder = folder;
    }
    async load(scope) {
        try {
            return { kind: 'found', text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(this.#file(scope), 'utf8') };
        }
        catch (error) {
            const { code, message } = error;
            return code === 'ENOENT' ? { kind: 'none' } : { kind: 'unavailable', problem: message };
        }
    }
    async save(scope, text) {
        const file = this.#file(scope);
        const draft = `${file}.${process.pid}`;
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file), { recursive: true });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(draft, text);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(draft, file);
            return undefined;
        }
        catch (error) {
            return error.message;
        }
    }
    #file(scope) {
        return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, `state-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(scope, 'utf8').digest('hex').slice(0, 16)}`);
    }
}


/***/ }),

/***/ 6524:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ openRepository)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(2891);
;// CONCATENATED MODULE: ./src/adapters/git-path.ts
/**
 * A path for people, patterns and maps. A part of it that is not UTF-8 is written as a NUL and its bytes as latin1:
 * BuildKit cannot send such a name, but it may be ignored there, and two of them must not look alike here.
 */
function decodePath(bytes) {
    const text = bytes.toString('utf8');
    if (isFaithful(text, bytes))
        return text;
    return bytes.toString('latin1').split('/').map(decodePart).join('/');
}
/** The path as the file system has it. */
function encodePath(path) {
    return path.includes('\0') ? Buffer.from(path.split('/').map(encodePart).join('/'), 'latin1') : path;
}
function decodePart(latin1) {
    const bytes = Buffer.from(latin1, 'latin1');
    const text = bytes.toString('utf8');
    return isFaithful(text, bytes) ? text : `\0${latin1}`;
}
function encodePart(part) {
    return part.startsWith('\0') ? part.slice(1) : Buffer.from(part, 'utf8').toString('latin1');
}
function isFaithful(text, bytes) {
    return !text.includes('\uFFFD') || Buffer.from(text, 'utf8').equals(bytes);
}

;// CONCATENATED MODULE: ./src/adapters/git-output.ts

/*
 * git's `-z` formats, in which paths are bytes between NULs, never quoted. They are read as latin1, which keeps every
 * byte as one character, and only paths are decoded.
 */
/** Paths alone, as `git ls-files -z` prints them. */
function parsePaths(bytes) {
    return records(bytes).map(pathOf);
}
/** `git ls-tree -r -z`: `<mode> <type> <id>\t<path>`. */
function parseTree(bytes) {
    return records(bytes).map((record) => {
        const tab = record.indexOf('\t');
        const [mode, type, id] = record.slice(0, tab).split(' ');
        if (tab === -1 || mode === undefined || type === undefined || id === undefined)
            throw unexpected('ls-tree', record);
        return { mode, path: pathOf(record.slice(tab + 1)), id };
    });
}
/**
 * `git ls-files -z -v`: paths at which git does not look at the disk, as it was told to assume them unchanged (a small
 * letter) or to skip them (`S`).
 */
function parseHidden(bytes) {
    const hidden = records(bytes).filter((record) => /^[a-zS] /.test(record));
    return hidden.map((record) => pathOf(record.slice(2)));
}
/** Fields before the path in each kind of record of `git status --porcelain=v2`, see git-status(1). */
const FIELDS_BEFORE_PATH = { '1': 8, u: 10, '?': 1, '!': 1 };
/**
 * `git status --porcelain=v2 -z --no-renames`: all paths, from the top of the work tree. What is, or should be, a
 * repository of its own ends with `/`: git names nested repositories so, and submodules are named so here.
 */
function parseStatus(bytes) {
    return records(bytes).map((record) => {
        const fields = record.split(' ');
        const before = FIELDS_BEFORE_PATH[record.charAt(0)];
        if (before === undefined || fields.length <= before)
            throw unexpected('status', record);
        const path = pathOf(fields.slice(before).join(' '));
        const isSubmodule = before > 1 && fields[2]?.startsWith('S');
        return isSubmodule ? `${path}/` : path;
    });
}
const KINDS = new Map([
    ['A', 'added'],
    ['D', 'removed'],
    ['M', 'modified'],
    ['T', 'modified'],
    ['U', 'modified'],
]);
/** `git diff --name-status -z --no-renames`: letter and path in turn. */
function parseNameStatus(bytes) {
    const fields = records(bytes);
    const changes = [];
    for (let index = 0; index < fields.length; index += 2) {
        const kind = KINDS.get(fields[index]);
        const path = fields[index + 1];
        if (kind === undefined || path === undefined)
            throw unexpected('diff', fields[index] ?? '');
        changes.push({ kind, path: pathOf(path) });
    }
    return changes;
}
function records(bytes) {
    const text = bytes.toString('latin1');
    return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}
function pathOf(latin1) {
    return decodePath(Buffer.from(latin1, 'latin1'));
}
/** git never writes such a record: going on would mean to overlook a file. */
function unexpected(command, record) {
    return new Error(`git ${command} printed a record of an unknown form: ${JSON.stringify(record)}`);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
;// CONCATENATED MODULE: ./src/adapters/git-disk.ts







/** How many files are read at once. */
const BOUND = 32;
/** Where nothing lies, nothing is in the way. */
async function wayTo(root, folder) {
    const parts = folder === '' ? [] : folder.split('/');
    for (const index of parts.keys()) {
        const above = parts.slice(0, index + 1).join('/');
        if ((await look(root, above))?.isSymbolicLink())
            return 'link';
        if ((await look(root, `${above}/.git`)) !== undefined)
            return 'nested';
    }
    return 'ours';
}
/** Whether a file is a link, or lies behind one, whose end is outside of a folder; both are relative to the root. */
async function leavesFolder(root, of) {
    const end = await (0,promises_.realpath)((0,external_node_path_.join)(root, of.path)).catch(() => undefined);
    if (end === undefined)
        return false;
    const folder = await (0,promises_.realpath)((0,external_node_path_.join)(root, of.within));
    return !end.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
/**
 * Every file and link below a folder, by paths relative to the root; what is called `.git` is left out. What is no
 * folder any more is named itself.
 */
async function filesBelow(root, folder) {
    const isFolder = (await look(root, folder))?.isDirectory() === true;
    return isFolder ? filesIn(root, folder) : [folder];
}
async function filesIn(root, folder) {
    const found = [];
    const options = { withFileTypes: true, encoding: 'buffer' };
    const entries = await (0,promises_.readdir)(fileAt(root, folder), options).catch(emptyWhenGone);
    for (const entry of entries) {
        const path = `${folder}/${decodePath(entry.name)}`;
        if (path.endsWith('/.git'))
            continue;
        if (entry.isDirectory())
            for (const file of await filesIn(root, path))
                found.push(file);
        else
            found.push(path);
    }
    return found;
}
function emptyWhenGone(error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
        return [];
    throw error;
}
function fileAt(root, path) {
    return encodePath((0,external_node_path_.join)(root, path));
}
/** What lies at a path, without following a link there; `undefined` for nothing. */
async function look(root, path) {
    try {
        return await (0,promises_.lstat)(fileAt(root, path));
    }
    catch (error) {
        const { code } = error;
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return undefined;
        throw error;
    }
}
/**
 * Files as they lie on the disk, with the ids that git gives to those very bytes (a blob's header and content), so
 * that a file has one id whether git knows it or not. A path where nothing lies is left out, as is one behind a link,
 * which does not lie there; one that cannot be read is a failure, as its content would be unknown.
 */
async function hashFiles(root, paths, algorithm) {
    const entries = [];
    const folders = new Folders(root);
    for (let start = 0; start < paths.length; start += BOUND) {
        const batch = paths.slice(start, start + BOUND);
        try {
            const hashed = await Promise.all(batch.map((path) => hashFile({ root, path, folders }, algorithm)));
            entries.push(...hashed.filter((entry) => entry !== undefined));
        }
        catch (error) {
            return (0,failure/* failed */.gz)({ kind: 'git-failed', message: `an input cannot be read: ${error.message}` });
        }
    }
    return (0,failure.ok)(entries);
}
/** Remembers of each folder whether it lies at its path, or is gone or behind a link. */
class Folders {
    root;
    #known = new Map();
    constructor(root) {
        this.root = root;
    }
    isThere(folder) {
        const known = this.#known.get(folder) ?? this.#look(folder);
        this.#known.set(folder, known);
        return known;
    }
    async #look(folder) {
        if (folder === '')
            return true;
        return (await this.isThere(parentOf(folder))) && (await look(this.root, folder))?.isDirectory() === true;
    }
}
function parentOf(path) {
    return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
async function hashFile({ root, path, folders }, algorithm) {
    const file = fileAt(root, path);
    const stats = (await folders.isThere(parentOf(path))) ? await look(root, path) : undefined;
    if (stats === undefined || stats.isDirectory())
        return undefined;
    if (stats.isSymbolicLink()) {
        const target = await (0,promises_.readlink)(file, 'buffer');
        return { mode: '120000', path, id: blobHash(algorithm, target.length).update(target).digest('hex') };
    }
    // Pipes, sockets and devices have no content that could be hashed; that one lies there is all there is to know.
    if (!stats.isFile())
        return { mode: (stats.mode & 0o170000).toString(8), path, id: '0'.repeat(40) };
    const hash = blobHash(algorithm, stats.size);
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file), hash);
    return { mode: modeOf(stats), path, id: hash.digest('hex') };
}
function blobHash(algorithm, size) {
    return (0,external_node_crypto_.createHash)(algorithm).update(`blob ${size}\0`);
}
function modeOf(stats) {
    return (stats.mode & 0o100) === 0 ? '100644' : '100755';
}

// EXTERNAL MODULE: ./src/adapters/git-fetch.ts
var git_fetch = __webpack_require__(9653);
// EXTERNAL MODULE: ./src/adapters/process.ts
var adapters_process = __webpack_require__(1169);
;// CONCATENATED MODULE: ./src/adapters/git-run.ts

/**
 * What would make git silent about what lies on the disk, or talkative in another way: modes and the case of names are
 * as the disk has them.
 */
const SETTINGS = [
    ...['-c', 'core.fileMode=true', '-c', 'status.showStash=false'],
    ...(process.platform === 'linux' ? ['-c', 'core.ignoreCase=false'] : []),
];
/** Set by git for its hooks; a run inside of one looks at the work tree all the same. */
const OF_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];
/** Runs git in a folder of a repository, without its user's settings having a say in what it prints. */
function git(folder, options, args) {
    const fixed = { LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '1', GIT_TERMINAL_PROMPT: '0' };
    const env = { ...options.environment, ...fixed };
    for (const name of OF_HOOKS)
        env[name] = undefined;
    return (0,adapters_process/* run */.e)('git', [...SETTINGS, ...args], { cwd: folder, env });
}

;// CONCATENATED MODULE: ./src/adapters/git-cli.ts







/** `environment-missing` without git, `usage` outside of a repository or before its first commit. */
async function openRepository(folder, options) {
    if (!(await isFolder(folder)))
        return (0,failure/* failed */.gz)({ kind: 'usage', message: `${folder} is not a folder` });
    // Apart, as each of the two paths may hold line breaks.
    const [end, common] = await Promise.all([
        git(folder, options, ['rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD', '--show-prefix']),
        git(folder, options, ['rev-parse', '--path-format=absolute', '--git-common-dir']),
    ]);
    if (end.kind === 'missing' || common.kind === 'missing') {
        return (0,failure/* failed */.gz)({
            kind: 'environment-missing',
            message: 'git is not installed or not on the PATH; install git',
        });
    }
    if (end.kind === 'killed' || end.exitCode !== 0)
        return (0,failure/* failed */.gz)(notARepository(folder, end.stderr));
    if (common.kind === 'killed' || common.exitCode !== 0)
        return (0,failure/* failed */.gz)(notARepository(folder, common.stderr));
    const [head = '', reference = '', ...prefix] = textOf(end.stdout).split('\n');
    const branch = reference.startsWith('refs/heads/') ? { branch: reference.slice('refs/heads/'.length) } : {};
    const way = prefix.join('\n');
    const isBelow = options.atTop === true && way !== '';
    const root = isBelow
        ? (0,external_node_path_.resolve)(folder, ...way
            .split('/')
            .filter(Boolean)
            .map(() => '..'))
        : folder;
    const place = { folder: root, prefix: isBelow ? '' : way, options };
    return (0,failure.ok)({ git: new GitCli(place, { head, ...branch }), root, commonDirectory: textOf(common.stdout) });
}
async function isFolder(path) {
    const stats = await (0,promises_.stat)(path).catch(() => undefined);
    return stats?.isDirectory() === true;
}
/** What git printed, without the end of its last line. */
function textOf(stdout) {
    return stdout.toString('utf8').replace(/\n$/, '');
}
function notARepository(folder, stderr) {
    if (/unknown revision|Needed a single revision|ambiguous argument/.test(stderr)) {
        return { kind: 'usage', message: `the repository at ${folder} has no commit yet; commit first` };
    }
    if (/not a git repository/.test(stderr)) {
        const message = `${folder} is not in a git repository; check the repository out first (in a workflow: actions/checkout)`;
        return { kind: 'usage', message };
    }
    return { kind: 'git-failed', message: `git cannot read the repository at ${folder}: ${stderr.trim()}` };
}
function behindLink(folder) {
    const message = `${folder} is a link or lies behind one, where git sees no files; name the folder it leads to`;
    return { kind: 'usage', message };
}
function leading(path, within) {
    const message = `${path} is a link that leads out of ${within || 'the root'}, where Docker does not follow it; put the file there`;
    return { kind: 'config-invalid', message };
}
const STATUS_OPTIONS = [
    ...['--porcelain=v2', '-z', '--untracked-files=all', '--ignored=traditional'],
    ...['--no-renames', '--ignore-submodules=none'],
];
class GitCli {
    head;
    branch;
    place;
    /** Object folder of what was fetched last. */
    #objects;
    constructor(place, at) {
        this.place = place;
        this.head = at.head;
        if (at.branch !== undefined)
            this.branch = at.branch;
    }
    async committed(folders, commit = this.head) {
        // Without a path git would list everything.
        if (folders.length === 0)
            return (0,failure.ok)([]);
        const listed = await this.#ask(['ls-tree', '-r', '-z', commit, '--', ...this.#paths(folders)]);
        return listed.ok ? (0,failure.ok)(parseTree(listed.value)) : listed;
    }
    async differing(folders, submodules) {
        if (folders.length === 0)
            return (0,failure.ok)([]);
        const walked = new Set(submodules);
        for (const folder of folders) {
            const way = await wayTo(this.place.folder, folder);
            if (way === 'link')
                return (0,failure/* failed */.gz)(behindLink(folder));
            if (way === 'nested')
                walked.add(folder);
        }
        const [status, hidden] = await Promise.all([
            this.uncommitted(this.#paths(folders)),
            this.#ask(['ls-files', '-z', '-v', '--cached', '--', ...this.#paths(folders)]),
        ]);
        if (!status.ok)
            return status;
        if (!hidden.ok)
            return hidden;
        const paths = new Set(parseHidden(hidden.value));
        for (const path of status.value) {
            // git does not look into nested repositories, and not file by file into submodules.
            if (path.endsWith('/'))
                walked.add(path.slice(0, -1));
            else
                paths.add(path);
        }
        for (const folder of walked) {
            for (const file of await filesBelow(this.place.folder, folder))
                paths.add(file);
        }
        return (0,failure.ok)([...paths]);
    }
    async onDisk(paths) {
        return hashFiles(this.place.folder, paths, this.head.length === 40 ? 'sha1' : 'sha256');
    }
    async files() {
        const listed = await this.#ask(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
        // A file in a conflict is listed once for each of its versions.
        return listed.ok ? (0,failure.ok)([...new Set(parsePaths(listed.value))]) : listed;
    }
    async read(path, within) {
        const { folder } = this.place;
        try {
            if (within !== undefined && (await leavesFolder(folder, { path, within })))
                return (0,failure/* failed */.gz)(leading(path, within));
            return (0,failure.ok)(await (0,promises_.readFile)((0,external_node_path_.join)(folder, path), 'utf8'));
        }
        catch (error) {
            const code = error.code;
            if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR')
                return (0,failure.ok)(undefined);
            return (0,failure/* failed */.gz)({ kind: 'usage', message: `${path} cannot be read: ${error.message}` });
        }
    }
    async uncommitted(paths) {
        if (paths.length === 0)
            return (0,failure.ok)([]);
        const status = await this.#ask(['status', ...STATUS_OPTIONS, '--', ...paths]);
        if (!status.ok)
            return status;
        const { prefix } = this.place;
        const inside = parseStatus(status.value).filter((path) => path.startsWith(prefix));
        return (0,failure.ok)(inside.map((path) => path.slice(prefix.length)));
    }
    async obtain(commit) {
        const present = await this.#commitId(commit);
        const folder = this.place.options.fetchFolder;
        if (present !== undefined || folder === undefined || !/^[0-9a-f]{40,64}$/.test(commit))
            return present;
        const ask = async (args) => {
            const end = await this.#ask(args);
            return end.ok ? textOf(end.value) : undefined;
        };
        this.#objects = (await (0,git_fetch/* fetchApart */.F)(ask, { commit, folder })) ?? this.#objects;
        return this.#commitId(commit);
    }
    async mergeBase(other) {
        const base = await this.#ask(['merge-base', '--end-of-options', this.head, other]);
        return base.ok ? base.value.toString('utf8').trim() : undefined;
    }
    async mergedInto() {
        // The commit's own text names its parents even where a shallow clone has cut them off.
        const text = await this.#ask(['cat-file', 'commit', this.head]);
        if (!text.ok)
            return undefined;
        const [header = ''] = text.value.toString('utf8').split('\n\n', 1);
        const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]);
        return parents.length > 1 ? parents[0] : undefined;
    }
    async changes(from) {
        const [diff, untracked] = await Promise.all([
            this.#ask(['diff', '--name-status', '-z', '--no-renames', '--relative', from, '--']),
            this.#ask(['ls-files', '-z', '--others', '--exclude-standard']),
        ]);
        if (!diff.ok)
            return diff;
        if (!untracked.ok)
            return untracked;
        const added = parsePaths(untracked.value).map((path) => ({ kind: 'added', path }));
        return (0,failure.ok)([...parseNameStatus(diff.value), ...added]);
    }
    async #commitId(name) {
        const id = await this.#ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
        return id.ok ? id.value.toString('utf8').trim() : undefined;
    }
    #paths(folders) {
        return folders.includes('') ? ['.'] : folders;
    }
    async #ask(args) {
        const { folder, options } = this.place;
        const environment = { ...options.environment, GIT_ALTERNATE_OBJECT_DIRECTORIES: this.#objects };
        const end = await git(folder, { ...options, environment }, args);
        // A folder that git may not read is only warned of: what lies in it would be overlooked.
        const isBlind = end.kind === 'exited' && /could not open directory/.test(end.stderr);
        if (end.kind === 'exited' && end.exitCode === 0 && !isBlind)
            return (0,failure.ok)(end.stdout);
        const how = end.kind === 'exited' ? `exit code ${end.exitCode}` : end.kind === 'killed' ? end.signal : 'not found';
        const why = end.kind === 'missing' ? '' : `: ${end.stderr.trim()}`;
        return (0,failure/* failed */.gz)({ kind: 'git-failed', message: `git ${args[0] ?? ''} failed (${how})${why}` });
    }
}


/***/ }),

/***/ 9653:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ fetchApart),
/* harmony export */   s: () => (/* binding */ fetchEnvironment)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/**
 * Fetches one commit from `origin` with its trees and without its blobs, into a repository of its own. Returns that
 * repository's object folder, or `undefined` when the commit cannot be had.
 */
async function fetchApart(ask, { commit, folder }) {
    const url = await ask(['remote', 'get-url', 'origin']);
    if (url === undefined)
        return undefined;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
    const apart = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'commit-'));
    const format = commit.length === 40 ? 'sha1' : 'sha256';
    const made = await ask(['init', '--bare', '--quiet', `--object-format=${format}`, apart]);
    if (made === undefined)
        return undefined;
    const options = ['--depth=1', '--filter=blob:none', '--no-tags', '--no-recurse-submodules', '--quiet'];
    const fetched = await ask([`--git-dir=${apart}`, 'fetch', ...options, url.trim(), commit]);
    return fetched === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(apart, 'objects');
}
/**
 * Environment in which git may fetch from a GitHub server with a token, without the token in an argument or in a
 * file. What `actions/checkout` left for the same server is put aside: two credentials in one request are refused.
 */
function fetchEnvironment(environment, of) {
    const settings = of.trusted ? [['safe.directory', '*']] : [];
    if (of.token !== '' && of.server !== undefined) {
        const header = `http.${of.server}/.extraheader`;
        const basic = Buffer.from(`x-access-token:${of.token}`, 'utf8').toString('base64');
        settings.push([header, ''], [header, `AUTHORIZATION: basic ${basic}`]);
    }
    const before = Number(environment['GIT_CONFIG_COUNT'] ?? 0);
    const entries = settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${before + index}`, key],
        [`GIT_CONFIG_VALUE_${before + index}`, value],
    ]);
    const count = String(before + settings.length);
    return { ...environment, ...Object.fromEntries(entries), GIT_CONFIG_COUNT: count };
}


/***/ }),

/***/ 2269:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ withoutCommands),
/* harmony export */   Q: () => (/* binding */ forTerminal)
/* harmony export */ });
/**
 * Text of builds and file names must not be read as workflow commands: the runner takes `::name::` at the start of a
 * line, after white space as .NET knows it, and `##[name]` anywhere in it.
 */
function withoutCommands(text) {
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => line.replace(/^([\s\u0085]*):(?=:)/, '$1:\u200B').replaceAll('##[', '#\u200B#['))
        .join('\n');
}
/** A colour, which is what a report of ours may hold, or a control or direction-changing character. */
// eslint-disable-next-line no-control-regex -- finding them is its purpose
const COLOR_OR_CONTROL = /\u001b\[[\d;]*m|(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;
/** Nor may it move the cursor, set the window's title or turn the direction of what follows. */
function forTerminal(text) {
    return withoutCommands(text).replace(COLOR_OR_CONTROL, (found) => (found.length > 1 ? found : '\uFFFD'));
}


/***/ }),

/***/ 9289:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ abortOnSignals)
/* harmony export */ });
/**
 * Aborts at the first SIGINT or SIGTERM. The next one, whichever it is, ends the process at once, as without us: a
 * runner that cancels sends one after the other.
 */
function abortOnSignals(process) {
    const controller = new AbortController();
    const abort = () => {
        process.off('SIGINT', abort).off('SIGTERM', abort);
        controller.abort();
    };
    process.on('SIGINT', abort).on('SIGTERM', abort);
    return controller.signal;
}


/***/ }),

/***/ 8334:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  f: () => (/* binding */ defaultParallel),
  A: () => (/* binding */ machine)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(2891);
;// CONCATENATED MODULE: ./src/adapters/build-progress.ts
/** How many lines of a build's log are kept for the case that it fails. */
const KEPT = 300;
/**
 * Turns buildx's rawjson progress into lines for people: a step when it starts, its output, a word when it is cached,
 * warnings. What is not JSON, such as the final error, comes through as it is.
 */
class BuildProgress {
    log = [];
    #started = new Set();
    /** Bytes after a step's last line end: a chunk may end within a character. */
    #partial = new Map();
    onLine;
    constructor(onLine) {
        this.onLine = onLine;
    }
    /** Takes one line of buildx's standard error. */
    take(line) {
        const status = parse(line);
        if (status === undefined) {
            if (line.trim() !== '')
                this.#emit(line);
            return;
        }
        for (const vertex of status.vertexes ?? [])
            this.#step(vertex);
        for (const { vertex, data } of status.logs ?? [])
            this.#output(vertex, Buffer.from(data, 'base64'));
        for (const warning of status.warnings ?? [])
            this.#emit(`warning: ${Buffer.from(warning.short, 'base64').toString('utf8')}`);
    }
    #step(vertex) {
        if (vertex.completed !== undefined)
            this.#flush(vertex.digest);
        if (vertex.started === undefined || this.#started.has(vertex.digest))
            return;
        this.#started.add(vertex.digest);
        if (!vertex.name.startsWith('[internal]'))
            this.#emit(vertex.cached === true ? `${vertex.name} (cached)` : vertex.name);
    }
    #output(vertex, chunk) {
        const bytes = Buffer.concat([this.#partial.get(vertex) ?? Buffer.alloc(0), chunk]);
        const end = bytes.lastIndexOf('\n');
        this.#partial.set(vertex, bytes.subarray(end + 1));
        if (end === -1)
            return;
        for (const line of bytes.toString('utf8', 0, end).split('\n'))
            this.#emit(line.replace(/\r$/, ''), true);
    }
    #flush(vertex) {
        const rest = this.#partial.get(vertex)?.toString('utf8') ?? '';
        this.#partial.delete(vertex);
        if (rest !== '')
            this.#emit(rest, true);
    }
    #emit(line, isOutput = false) {
        const text = isOutput ? `  ${line}` : line;
        this.log.push(text);
        if (this.log.length > KEPT)
            this.log.shift();
        this.onLine({ text, isOutput });
    }
}
function parse(line) {
    if (!line.startsWith('{'))
        return undefined;
    try {
        return JSON.parse(line);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./src/adapters/process.ts
var process = __webpack_require__(1169);
;// CONCATENATED MODULE: ./src/adapters/docker-engine.ts


/** The images of the Docker engine that the client of this machine talks to. */
class DockerEngine {
    environment;
    constructor(environment) {
        this.environment = environment;
    }
    async find(references) {
        if (references.length === 0)
            return (0,failure.ok)(new Map());
        // Listing all images would take seconds where there are hundreds.
        const format = '{{.Id}} {{json .RepoTags}}';
        const end = await (0,process/* run */.e)('docker', ['image', 'inspect', '--format', format, ...references], {
            env: this.environment,
        });
        if (end.kind !== 'exited' || (end.exitCode !== 0 && !isOnlyMissing(end.stderr)))
            return (0,failure/* failed */.gz)(failureOf('inspect', end));
        const digests = new Map();
        for (const line of end.stdout.toString('utf8').split('\n').filter(Boolean)) {
            const space = line.indexOf(' ');
            for (const tag of JSON.parse(line.slice(space)))
                digests.set(tag, line.slice(0, space));
        }
        const found = references.map((reference) => {
            const digest = digests.get(familiar(reference));
            return [reference, digest === undefined ? { kind: 'missing' } : { kind: 'exists', digest }];
        });
        return (0,failure.ok)(new Map(found));
    }
    async pull(reference) {
        return this.#docker(['pull', '--quiet', reference]);
    }
    async tag(source, targets) {
        for (const target of targets) {
            const tagged = await this.#docker(['image', 'tag', source, target]);
            if (!tagged.ok)
                return tagged;
        }
        return (0,failure.ok)(undefined);
    }
    async #docker(args) {
        const end = await (0,process/* run */.e)('docker', args, { env: this.environment });
        return end.kind === 'exited' && end.exitCode === 0 ? (0,failure.ok)(undefined) : (0,failure/* failed */.gz)(failureOf(args[0] ?? '', end));
    }
}
function failureOf(command, end) {
    if (end.kind === 'missing')
        return noDocker();
    const stderr = end.stderr.trim();
    if (/(?:cannot|denied while trying to) connect to the docker|is the docker daemon running|failed to connect/i.test(stderr)) {
        return { kind: 'environment-missing', message: `the Docker engine does not answer; start it (${stderr})` };
    }
    return { kind: 'engine-failed', message: `docker ${command} failed: ${stderr}` };
}
/** `docker image inspect` ends with 1 for images that are not there, and says so of each. */
function isOnlyMissing(stderr) {
    return stderr.split('\n').every((line) => line.trim() === '' || /No such image: /i.test(line));
}
/** Docker lists the images of Docker Hub without its address. */
function familiar(reference) {
    return reference.replace(/^docker\.io\/(?:library\/)?/, '');
}
function noDocker() {
    const message = 'Docker is not installed or not on the PATH; install Docker with buildx (docker/setup-buildx-action, or docs.docker.com/get-docker)';
    return { kind: 'environment-missing', message };
}

;// CONCATENATED MODULE: ./src/adapters/buildx-cli.ts







/** Builds with `docker buildx build`, one process per image. */
class BuildxCli {
    options;
    constructor(options) {
        this.options = options;
    }
    async available(builder) {
        const args = ['buildx', 'inspect', ...(builder === undefined ? [] : [builder])];
        const end = await (0,process/* run */.e)('docker', args, { env: this.options.environment });
        if (end.kind === 'missing')
            return (0,failure/* failed */.gz)(noDocker());
        const text = end.kind === 'exited' ? end.stdout.toString('utf8') : '';
        if (end.kind === 'exited' && end.exitCode === 0 && !/^Error:/m.test(text))
            return (0,failure.ok)(undefined);
        // buildx ends 0 for a builder whose engine does not answer and says so in its listing only.
        const said = /^Error:\s*(.*)$/m.exec(text)?.[1] ?? end.stderr.trim();
        const isMissing = /is not a docker command|unknown (?:command|flag|shorthand)/i.test(said);
        const message = isMissing
            ? 'Docker has no buildx; install it (docker/setup-buildx-action, or the package docker-buildx)'
            : `Docker's builder does not answer: ${said}`;
        return (0,failure/* failed */.gz)({ kind: 'environment-missing', message });
    }
    async build(request, watch) {
        const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'smart-image-build-'));
        try {
            return await this.#build(request, { watch, metadata: (0,external_node_path_.join)(folder, 'metadata.json') });
        }
        finally {
            await (0,promises_.rm)(folder, { recursive: true, force: true });
        }
    }
    async #build(request, run_) {
        const { watch, metadata } = run_;
        const { root, environment, now } = this.options;
        const progress = new BuildProgress(watch.onLine);
        const started = now();
        const end = await (0,process/* run */.e)('docker', argumentsOf(request, { root, metadata }), {
            cwd: root,
            env: { ...environment, BUILDX_METADATA_PROVENANCE: 'disabled' },
            onErrorLine: (line) => {
                progress.take(line);
            },
            signal: watch.signal,
        });
        if (end.kind === 'missing')
            return (0,failure/* failed */.gz)(noDocker());
        if (watch.signal.aborted)
            return (0,failure/* failed */.gz)({ kind: 'interrupted', message: `${request.service}: stopped` });
        if (end.kind === 'killed')
            return (0,failure/* failed */.gz)(buildFailed(request, `buildx was ended by ${end.signal}`, progress));
        if (end.exitCode !== 0) {
            const error = progress.log.findLast((line) => line.startsWith('ERROR:')) ?? `exit code ${end.exitCode}`;
            return (0,failure/* failed */.gz)(buildFailed(request, error.replace(/^ERROR:\s*/, ''), progress));
        }
        const digest = await digestOf(metadata);
        return (0,failure.ok)({ durationMs: now() - started, ...(digest !== undefined && { digest }) });
    }
}
function argumentsOf(request, places) {
    const outputs = [...(request.push ? ['--push'] : []), ...(request.load ? ['--load'] : [])];
    return [
        ...['buildx', 'build', '--progress=rawjson', '--metadata-file', places.metadata],
        ...['--file', (0,external_node_path_.join)(places.root, request.file)],
        ...request.options,
        ...request.tags.flatMap((tag) => ['--tag', tag]),
        // Without an output the docker driver would load the image into the engine, unasked.
        ...(outputs.length > 0 ? outputs : ['--output', 'type=cacheonly']),
        '--',
        (0,external_node_path_.join)(places.root, request.context),
    ];
}
function buildFailed(request, error, progress) {
    return { kind: 'build-failed', message: `${request.service}: ${error}`, log: progress.log };
}
/** The digest that buildx wrote; `undefined` when nothing was exported. */
async function digestOf(metadata) {
    const text = await (0,promises_.readFile)(metadata, 'utf8').catch(() => '{}');
    const value = JSON.parse(text)['containerimage.digest'];
    return typeof value === 'string' ? value : undefined;
}

;// CONCATENATED MODULE: ./src/adapters/docker-credentials.ts




/** The key under which `docker login` keeps Docker Hub's credentials. */
const DOCKER_HUB = 'https://index.docker.io/v1/';
/** Credentials as `docker login` and credential helpers left them (docker-login(1), "Credential stores"). */
class DockerCredentials {
    environment;
    #config;
    constructor(environment) {
        this.environment = environment;
    }
    /** `undefined` when none are configured for the host. Throws when the configuration or a helper is broken. */
    async get(host) {
        this.#config ??= this.#read();
        const config = await this.#config;
        const key = host === 'docker.io' ? DOCKER_HUB : host;
        const helper = config.credHelpers?.[key] ?? config.credsStore;
        if (helper !== undefined)
            return this.#ask(helper, key);
        const entry = config.auths?.[key] ?? config.auths?.[`https://${key}`];
        if (entry?.identitytoken)
            return { kind: 'token', identityToken: entry.identitytoken };
        if (!entry?.auth)
            return undefined;
        const [username = '', ...rest] = Buffer.from(entry.auth, 'base64').toString('utf8').split(':');
        return { kind: 'password', username, password: rest.join(':') };
    }
    async #read() {
        const { DOCKER_CONFIG: configured = '' } = this.environment;
        const folder = configured === '' ? (0,external_node_path_.join)((0,external_node_os_.homedir)(), '.docker') : configured;
        const file = (0,external_node_path_.join)(folder, 'config.json');
        try {
            return JSON.parse(await (0,promises_.readFile)(file, 'utf8'));
        }
        catch (error) {
            if (error.code === 'ENOENT')
                return {};
            throw new Error(`Docker's configuration ${file} cannot be read`, { cause: error });
        }
    }
    async #ask(helper, key) {
        const program = `docker-credential-${helper}`;
        const end = await (0,process/* run */.e)(program, ['get'], { input: key, env: this.environment });
        if (end.kind === 'missing')
            throw new Error(`Docker's configuration names ${program}, which is not on the PATH`);
        const answer = end.kind === 'exited' ? end.stdout.toString('utf8') : '';
        if (end.kind === 'killed' || end.exitCode !== 0) {
            if (/credentials not found/i.test(answer + end.stderr))
                return undefined;
            throw new Error(`${program} failed: ${end.stderr || withoutSecret(answer)}`);
        }
        const { Username: username, Secret: secret } = JSON.parse(answer);
        if (username === '<token>')
            return { kind: 'token', identityToken: secret };
        return { kind: 'password', username, password: secret };
    }
}
/** Helpers say on standard output why they fail; one that fails with an answer there must not have it shown. */
function withoutSecret(answer) {
    return answer.trimStart().startsWith('{') ? 'it ended with an error' : answer.trim();
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./src/model/service.ts
var service = __webpack_require__(1674);
;// CONCATENATED MODULE: ./src/adapters/oci-registry.ts



const INDEXES = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
];
const MANIFESTS = [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
/** All four manifest types, always: a registry may convert, or hide, what is not asked for. */
const ACCEPT = [...INDEXES, ...MANIFESTS].join(', ');
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Images of registries over the OCI distribution protocol, without Docker. */
class OciRegistry {
    client;
    constructor(client) {
        this.client = client;
    }
    async find(image, reference) {
        const head = await this.#ask(image, 'HEAD', reference);
        if (!head.ok)
            return asUnknown(head.failures);
        if (head.value === undefined)
            return (0,failure.ok)({ kind: 'missing' });
        const type = mediaType(head.value);
        const named = head.value.headers.get('docker-content-digest') ?? '';
        const digest = DIGEST.test(named) ? named : undefined;
        if (digest !== undefined && MANIFESTS.includes(type))
            return (0,failure.ok)({ kind: 'exists', digest });
        const manifest = await this.#get(image, digest ?? reference);
        if (!manifest.ok)
            return asUnknown(manifest.failures);
        if (manifest.value === undefined)
            return (0,failure.ok)({ kind: 'missing' });
        return this.#judge(image, manifest.value);
    }
    async point(image, digest, tags) {
        if (tags.length === 0)
            return this.#demand(image, digest);
        let manifest;
        for (const tag of tags) {
            const head = await this.#ask(image, 'HEAD', tag);
            if (!head.ok)
                return head;
            if (head.value?.headers.get('docker-content-digest') === digest)
                continue;
            if (manifest === undefined) {
                const found = await this.#get(image, digest);
                if (!found.ok)
                    return found;
                if (found.value === undefined)
                    return (0,failure/* failed */.gz)(gone(image, digest));
                manifest = found.value;
            }
            const put = await this.#put(image, tag, manifest);
            if (!put.ok)
                return put;
        }
        return (0,failure.ok)(undefined);
    }
    async #demand(image, digest) {
        const found = await this.find(image, digest);
        if (!found.ok)
            return found;
        if (found.value.kind === 'exists')
            return (0,failure.ok)(undefined);
        const { value } = found;
        return (0,failure/* failed */.gz)(value.kind === 'missing' ? gone(image, digest) : { kind: 'registry-failed', message: value.problem });
    }
    /**
     * Whether the bytes are a manifest, or an index with each of its children: a registry keeps answering 200 for one
     * that lost some, and a login page answers 200 for everything.
     */
    async #judge(image, { digest, bytes }) {
        const content = contentOf(bytes);
        if (content === undefined) {
            return (0,failure.ok)({ kind: 'unknown', problem: `${(0,service/* fullName */.f)(image)}: the registry's answer is no manifest` });
        }
        if (content.children?.length === 0)
            return (0,failure.ok)({ kind: 'missing' });
        for (const child of content.children ?? []) {
            const found = await this.find(image, child);
            if (!found.ok || found.value.kind !== 'exists')
                return found;
        }
        return (0,failure.ok)({ kind: 'exists', digest });
    }
    /** The manifest with its digest computed from its bytes; `undefined` when there is none. */
    async #get(image, reference) {
        const answer = await this.#ask(image, 'GET', reference);
        if (!answer.ok)
            return answer;
        if (answer.value === undefined)
            return (0,failure.ok)(undefined);
        const bytes = answer.value.body;
        const digest = `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;
        if (reference.startsWith('sha256:') && reference !== digest) {
            const message = `${(0,service/* fullName */.f)(image)}@${reference}: the registry sent other bytes, of ${digest}`;
            return (0,failure/* failed */.gz)({ kind: 'registry-failed', message });
        }
        return (0,failure.ok)({ digest, bytes, type: mediaType(answer.value) });
    }
    async #put(image, tag, manifest) {
        const headers = { 'content-type': manifest.type };
        try {
            const request = { method: 'PUT', reference: tag, headers, body: manifest.bytes };
            const answer = await this.client.send(image, request);
            if (answer.status === 201 || answer.status === 200)
                return (0,failure.ok)(undefined);
            return (0,failure/* failed */.gz)(refusal(`${(0,service/* fullName */.f)(image)}:${tag}`, answer));
        }
        catch (error) {
            return (0,failure/* failed */.gz)({ kind: 'registry-failed', message: error.message });
        }
    }
    /** The answer when there is one, `undefined` for 404; all else is a failure. */
    async #ask(image, method, reference) {
        try {
            const answer = await this.client.send(image, { method, reference, headers: { accept: ACCEPT } });
            if (answer.status === 200)
                return (0,failure.ok)(answer);
            if (answer.status === 404)
                return (0,failure.ok)(undefined);
            return (0,failure/* failed */.gz)(refusal(`${(0,service/* fullName */.f)(image)} (${reference})`, answer));
        }
        catch (error) {
            return (0,failure/* failed */.gz)({ kind: 'registry-failed', message: error.message });
        }
    }
}
/** A question without an answer is not a failure of the run; one for which nobody is logged in is. */
function asUnknown(failures) {
    const denied = failures.find((failure) => failure.kind === 'registry-denied');
    if (denied !== undefined)
        return (0,failure/* failed */.gz)(denied);
    return (0,failure.ok)({ kind: 'unknown', problem: failures.map((failure) => failure.message).join('; ') });
}
function mediaType(answer) {
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';', 1);
    return type.trim().toLowerCase();
}
/** `undefined` for what is no index. */
/** The digests of an index's children, none of a manifest; `undefined` for what is neither. */
function contentOf(bytes) {
    try {
        const { manifests, config } = JSON.parse(bytes.toString('utf8'));
        if (manifests !== undefined)
            return { children: manifests.map((manifest) => manifest.digest) };
        return config !== undefined && DIGEST.test(config.digest) ? {} : undefined;
    }
    catch {
        return undefined;
    }
}
function gone(image, digest) {
    return { kind: 'registry-failed', message: `${(0,service/* fullName */.f)(image)}@${digest} is not in the registry any more` };
}
function refusal(what, answer) {
    const text = answer.body.toString('utf8').slice(0, 300);
    if ((answer.status === 401 || answer.status === 403) && !answer.loggedIn) {
        const host = what.split('/', 1)[0] ?? what;
        const message = `${host} wants a login for ${what} and Docker has none; log in first (docker/login-action or docker login)`;
        return { kind: 'registry-denied', message };
    }
    return { kind: 'registry-failed', message: `the registry answered ${answer.status} for ${what}: ${text}` };
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./src/adapters/registry-client.ts

const TRIES = 4;
const TIMEOUT_MS = 20_000;
const LONGEST_WAIT_MS = 10_000;
/**
 * Manifest requests of the OCI distribution protocol: login by the registry's challenge (basic, or a bearer token as
 * of Docker's "Token Authentication Specification"), and retries of what may pass: lost connections, 429 and 5xx.
 */
class RegistryClient {
    credentials;
    options;
    /** Host, repository and what is to be done there → what was accepted last. */
    #logins = new Map();
    constructor(credentials, options = {}) {
        this.credentials = credentials;
        this.options = { timeoutMs: TIMEOUT_MS, wait: external_node_timers_promises_.setTimeout, signal: new AbortController().signal, ...options };
    }
    /** Throws when no answer was had within all tries, or when login itself fails. */
    async send(image, request) {
        const { host, url } = addressOf(image, request.reference);
        // To read asks for no more than reading: a registry may refuse the whole login of who may not push.
        const actions = request.method === 'PUT' ? 'pull,push' : 'pull';
        const key = `${host}/${image.repository} ${actions}`;
        const known = this.#logins.get(key);
        const first = await this.#tryOften(url, withAuthorization(request, known?.authorization));
        if (first.status !== 401)
            return { ...first, loggedIn: known?.loggedIn ?? false };
        const found = await this.credentials.get(host);
        const authorization = await this.#login(first.headers.get('www-authenticate') ?? '', `${repositoryPath(image)}:${actions}`, found);
        const loggedIn = found !== undefined;
        if (authorization === undefined)
            return { ...first, loggedIn };
        const second = await this.#tryOften(url, withAuthorization(request, authorization));
        if (second.status !== 401)
            this.#logins.set(key, { authorization, loggedIn });
        return { ...second, loggedIn };
    }
    async #login(challenge, access, found) {
        const scheme = challenge.split(' ', 1)[0]?.toLowerCase();
        if (scheme === 'basic')
            return found?.kind === 'password' ? basic(found) : undefined;
        if (scheme !== 'bearer')
            return undefined;
        const parameters = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1], match[2]]));
        const realm = parameters.get('realm');
        if (realm === undefined)
            return undefined;
        const service = parameters.get('service') ?? '';
        const query = new URLSearchParams({ service, scope: `repository:${access}` });
        const answer = await this.#tryOften(...tokenRequest(realm, query, found));
        if (answer.status !== 200)
            return undefined;
        const token = JSON.parse(answer.body.toString('utf8'));
        const value = token.token ?? token.access_token;
        return value === undefined ? undefined : `Bearer ${value}`;
    }
    async #tryOften(url, init) {
        for (let attempt = 1;; attempt++) {
            const last = attempt === TRIES || this.options.signal.aborted;
            try {
                const limits = [AbortSignal.timeout(this.options.timeoutMs), this.options.signal];
                const response = await fetch(url, { ...init, signal: AbortSignal.any(limits) });
                const body = Buffer.from(await response.arrayBuffer());
                const passing = response.status === 429 || response.status >= 500;
                if (!passing || last)
                    return { status: response.status, headers: response.headers, body };
                await this.options.wait(pauseMs(attempt, response.headers.get('retry-after')));
            }
            catch (error) {
                if (last)
                    throw new Error(`${new URL(url).host} does not answer: ${whyOf(error)}`, { cause: error });
                await this.options.wait(pauseMs(attempt, null));
            }
        }
    }
}
/** Docker speaks plain http to the machine's own registries and https to all others. */
function addressOf(image, reference) {
    const host = image.registry ?? 'docker.io';
    const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host);
    const address = host === 'docker.io' ? 'registry-1.docker.io' : host;
    return {
        host,
        url: `${isLocal ? 'http' : 'https'}://${address}/v2/${repositoryPath(image)}/manifests/${reference}`,
    };
}
function repositoryPath(image) {
    const isOfficial = (image.registry ?? 'docker.io') === 'docker.io' && !image.repository.includes('/');
    return isOfficial ? `library/${image.repository}` : image.repository;
}
function withAuthorization(request, authorization) {
    const headers = { ...request.headers, ...(authorization !== undefined && { authorization }) };
    const body = request.body === undefined ? {} : { body: new Uint8Array(request.body) };
    return { method: request.method, headers, ...body };
}
function tokenRequest(realm, query, found) {
    if (found?.kind === 'token') {
        query.set('grant_type', 'refresh_token');
        query.set('refresh_token', found.identityToken);
        query.set('client_id', 'smart-image-build');
        return [realm, { method: 'POST', body: query }];
    }
    const headers = found === undefined ? {} : { authorization: basic(found) };
    return [`${realm}${realm.includes('?') ? '&' : '?'}${query.toString()}`, { headers }];
}
function basic(credentials) {
    const pair = `${credentials.username}:${credentials.password}`;
    return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}
/** `fetch` hides the reason in the cause, which for a host of several addresses has a code and no message. */
function whyOf(error) {
    const { cause, message } = error;
    return cause?.message || cause?.code || message;
}
/** As long as the registry asks for, else 0.25, 0.5, 1 s. */
function pauseMs(attempt, retryAfter) {
    const asked = Number(retryAfter) * 1000;
    return asked > 0 ? Math.min(asked, LONGEST_WAIT_MS) : 125 * 2 ** attempt;
}

;// CONCATENATED MODULE: ./src/adapters/machine.ts






function machine({ root, environment, signal }) {
    return {
        registry: new OciRegistry(new RegistryClient(new DockerCredentials(environment), { signal })),
        engine: new DockerEngine(environment),
        builder: new BuildxCli({ root, environment, now: Date.now }),
        clock: { now: Date.now },
    };
}
/** How many builds run at once unless told otherwise: they wait for network and disk more than they compute. */
function defaultParallel() {
    return Math.max(4, 2 * (0,external_node_os_.availableParallelism)());
}


/***/ }),

/***/ 1169:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(481);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_readline__WEBPACK_IMPORTED_MODULE_2__);



const PATIENCE_MS = 5000;
/** For output that is still in the pipes when a program has ended. */
const LAST_WORDS_MS = 2000;
/**
 * Runs a program to its end, without a shell. This is the only place that starts one:
 * @actions/exec can neither stop a process nor take a long output without line ends in linear time.
 * Throws when the working directory does not exist.
 */
async function run(program, args, options = {}) {
    const { cwd, env } = options;
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    // A program that ends without reading its input is judged by its exit code, not by the broken pipe.
    child.stdin.on('error', () => undefined).end(options.input ?? '');
    const stopped = options.signal && stopOnAbort(child, options.signal, options.patienceMs ?? PATIENCE_MS);
    const stdout = [];
    const stderr = [];
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    (0,node_readline__WEBPACK_IMPORTED_MODULE_2__.createInterface)({ input: child.stderr }).on('line', (line) => {
        if (options.onErrorLine === undefined)
            stderr.push(line);
        else
            options.onErrorLine(line);
    });
    return await new Promise((resolve, reject) => {
        child.on('error', (error) => {
            stopped?.();
            // Node says the same of a program and of a working directory that is not there.
            if (error.code === 'ENOENT' && (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(cwd ?? '.'))
                resolve({ kind: 'missing' });
            else
                reject(error);
        });
        // What the program leaves behind may hold its pipes open for ever.
        child.on('exit', () => setTimeout(() => {
            closePipes(child);
        }, LAST_WORDS_MS).unref());
        child.on('close', (exitCode, signal) => {
            stopped?.();
            const text = stderr.join('\n');
            if (exitCode === null)
                resolve({ kind: 'killed', signal: signal ?? 'unknown', stderr: text });
            else
                resolve({ kind: 'exited', exitCode, stdout: Buffer.concat(stdout), stderr: text });
        });
    });
}
function closePipes(child) {
    child.stdout.destroy();
    child.stderr.destroy();
}
/** Returns what takes the listener away again, so that a long run does not gather them. */
function stopOnAbort(child, signal, patienceMs) {
    let timer;
    const kill = () => {
        child.kill('SIGKILL');
        closePipes(child);
    };
    const stop = () => {
        child.kill('SIGTERM');
        timer = setTimeout(kill, patienceMs);
    };
    if (signal.aborted)
        stop();
    else
        signal.addEventListener('abort', stop, { once: true });
    return () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
    };
}


/***/ }),

/***/ 2891:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NJ: () => (/* binding */ unless),
/* harmony export */   gz: () => (/* binding */ failed),
/* harmony export */   ok: () => (/* binding */ ok),
/* harmony export */   os: () => (/* binding */ unexpected)
/* harmony export */ });
function ok(value) {
    return { ok: true, value };
}
/** The value of a step that gathered its problems, if there were none. */
function unless(failures, value) {
    const [first, ...more] = failures;
    return first === undefined ? ok(value) : failed(first, ...more);
}
/** What a throw from somewhere inside becomes at the edge. */
function unexpected(error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'unexpected', message };
}
function failed(failure, ...more) {
    return { ok: false, failures: [failure, ...more] };
}


/***/ }),

/***/ 1674:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ fullName)
/* harmony export */ });
function fullName(image) {
    return image.registry === undefined ? image.repository : `${image.registry}/${image.repository}`;
}


/***/ }),

/***/ 2485:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  f: () => (/* binding */ fail),
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./src/model/failure.ts
var model_failure = __webpack_require__(2891);
;// CONCATENATED MODULE: ./src/config/pairs.ts
/** Separators of a list that is written as text, as docker/build-push-action reads its inputs. */
const LINE = /\n/;
const LINE_OR_COMMA = /[\n,]/;
/** A tag rule has commas of its own, so only new lines separate rules; plain tags may stand on one line. */
const TAG_SEPARATOR = /\n|,(?![^\n]*=)/;
/** The items of a list that is written as text; one that stands in quotes as a whole loses them. */
function splitList(text, separator) {
    return text
        .split(separator)
        .map((item) => item.trim())
        .map((item) => (/^".*"$/.test(item) ? item.slice(1, -1).replaceAll('""', '"') : item))
        .filter((item) => item !== '');
}
function splitPair(line) {
    const equals = line.indexOf('=');
    return equals === -1
        ? { name: line, value: null }
        : { name: line.slice(0, equals), value: line.slice(equals + 1) };
}
/** The name of a label or a build argument: docker would cut it at `=`, and what it does with the rest surprises. */
function pairName(name) {
    if (!/^[^\s="']+$/.test(name))
        return { problem: `\`${name}\` is not a name: it must not be empty or hold spaces, quotes or \`=\`` };
    return { value: name };
}

// EXTERNAL MODULE: ./node_modules/fastest-levenshtein/mod.js
var mod = __webpack_require__(1916);
;// CONCATENATED MODULE: ./src/config/suggest.ts

/** The candidate that a mistyped word most likely meant; `undefined` when none is near. */
function closest(word, candidates) {
    const ranked = candidates.map((candidate) => ({ candidate, edits: (0,mod/* distance */.Io)(word, candidate) }));
    const best = ranked.sort((a, b) => a.edits - b.edits)[0];
    const near = Math.min(word.length - 1, Math.max(1, Math.floor(word.length / 3)));
    return best !== undefined && best.edits <= near ? best.candidate : undefined;
}

;// CONCATENATED MODULE: ./src/config/tags.ts

/** The rules of input `tags` when none are given: commit, branch, tag, pull request. */
const DEFAULT_TAG_RULES = [
    'type=sha',
    'type=ref,event=branch',
    'type=ref,event=tag',
    'type=ref,event=pr',
];
/** OCI distribution specification 1.1, section "Pulling manifests": a tag. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/**
 * Tags that the rules give for a run, without duplicates, in the order of the rules. A rule is a plain tag or one of
 * docker/metadata-action's `type=sha`, `type=ref` and `type=raw`, with `prefix=`, `suffix=` and `enable=`; a rule that
 * does not apply to the run (a branch rule on a tag) gives none. `usage` lists every rule that cannot be understood.
 */
function resolveTags(rules, facts) {
    const tags = new Set();
    const failures = [];
    for (const rule of rules) {
        const tag = rule.includes('=') ? tagOfRule(rule, facts) : rule;
        if (typeof tag === 'object')
            failures.push(usage(rule, tag.problem));
        else if (tag === undefined)
            continue;
        else if (/^(?:fp|lock|try)-[0-9a-f]{32}$/.test(tag))
            failures.push(usage(rule, 'tags of this form are kept for fingerprints'));
        else if (!TAG.test(tag))
            failures.push(usage(rule, `\`${tag}\` is not a valid tag`));
        else
            tags.add(tag);
    }
    return (0,model_failure/* unless */.NJ)(failures, [...tags]);
}
const TAG_FIELDS = ['type', 'enable', 'priority', 'prefix', 'suffix', 'value', 'event', 'format', 'pattern'];
function tagOfRule(rule, facts) {
    const fields = new Map();
    for (const part of rule.split(',')) {
        const equals = part.indexOf('=');
        if (equals === -1)
            return { problem: `\`${part}\` is not key=value` };
        const key = part.slice(0, equals).trim();
        if (!TAG_FIELDS.includes(key))
            return { problem: `\`${key}\` is not one of ${TAG_FIELDS.join(', ')}` };
        fields.set(key, part.slice(equals + 1).trim());
    }
    const enable = fields.get('enable') ?? 'true';
    if (enable !== 'true' && enable !== 'false')
        return { problem: '`enable` is `true` or `false`' };
    const value = valueOfRule(fields, facts);
    if (typeof value === 'object')
        return value;
    if (value === undefined || value === '' || enable === 'false')
        return undefined;
    const tag = `${fields.get('prefix') ?? defaultPrefix(fields)}${value}${fields.get('suffix') ?? ''}`;
    // Only the name of a branch or tag is cut to a tag's length; whatever else is too long was written so.
    return fields.get('type') === 'ref' ? tag.slice(0, 128) : tag;
}
function defaultPrefix(fields) {
    if (fields.get('type') === 'sha')
        return 'sha-';
    return fields.get('event') === 'pr' ? 'pr-' : '';
}
function valueOfRule(fields, facts) {
    const type = fields.get('type') ?? 'raw';
    switch (type) {
        case 'sha':
            return fields.get('format') === 'long' ? facts.commit : facts.commit.slice(0, 7);
        case 'raw':
            return fields.get('value') ?? { problem: '`type=raw` needs `value=`' };
        case 'ref':
            return valueOfRef(fields.get('event'), facts);
        case 'semver':
        case 'schedule':
            return { problem: `\`type=${type}\` is not supported by this version yet` };
        default:
            return { problem: `\`type=${type}\` is not one of sha, ref, raw` };
    }
}
function valueOfRef(event, facts) {
    switch (event) {
        case 'branch':
            return sanitized(facts.ref, 'refs/heads/');
        case 'tag':
            return sanitized(facts.ref, 'refs/tags/');
        case 'pr':
            return facts.pullRequest === undefined ? undefined : String(facts.pullRequest);
        case undefined:
        default:
            return { problem: '`type=ref` needs `event=branch`, `event=tag` or `event=pr`' };
    }
}
/** The short name of a ref of this kind, with what a tag may not hold replaced by `-`, as metadata-action does. */
function sanitized(ref, prefix) {
    if (ref === undefined || !ref.startsWith(prefix))
        return undefined;
    return ref
        .slice(prefix.length)
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[.-]+/, '');
}
function usage(rule, problem) {
    return { kind: 'usage', message: `tags: rule \`${rule}\`: ${problem}` };
}

;// CONCATENATED MODULE: ./src/config/request.ts




/**
 * The request that the inputs make; `usage` lists every input that cannot be understood. Booleans are strict and
 * lists are separated by new lines or commas, as in docker's actions.
 */
function parseRequest(inputs, defaults) {
    const failures = [];
    const reader = new Reader(inputs, failures);
    const mode = reader.choice('mode', ['build', 'plan'], MODES_TO_COME);
    // Checked as the build that it stands for.
    const isDryRun = reader.boolean('dry-run');
    const optional = {
        config: reader.text('config'),
        baseRef: reader.text('base-ref'),
        registry: reader.text('registry'),
    };
    const tags = reader.list('tags', TAG_SEPARATOR);
    const request = {
        mode: isDryRun ? 'plan' : mode,
        services: reader.list('services'),
        force: forceOf(reader.list('force')),
        push: reader.boolean('push'),
        load: reader.boolean('load'),
        tags: tags.length > 0 ? tags : DEFAULT_TAG_RULES,
        maxParallel: reader.count('max-parallel') ?? defaults.maxParallel,
        failFast: reader.boolean('fail-fast'),
        noCache: reader.boolean('no-cache'),
        pull: reader.boolean('pull'),
        allowDirty: reader.boolean('allow-dirty'),
        exitCode: reader.boolean('exit-code'),
        localOnly: reader.boolean('local-only'),
        ...withoutUndefined({ ...optional, builder: reader.text('builder') }),
    };
    if (mode === 'plan')
        failures.push(...withoutMeaning(reader));
    if (request.localOnly && request.push) {
        failures.push({
            kind: 'usage',
            message: '`local-only` asks no registry, so it cannot be combined with `push`',
        });
    }
    return (0,model_failure/* unless */.NJ)(failures, request);
}
const MODES_TO_COME = ['collect', 'promote', 'verify'];
/** Inputs that only say how to build; one that changes nothing (`false`) may stand in a plan too. */
const BUILD_INPUTS = ['tags', 'builder', 'max-parallel', 'fail-fast', 'no-cache', 'pull', 'allow-dirty'];
function withoutMeaning(reader) {
    const given = BUILD_INPUTS.filter((name) => (reader.text(name) ?? 'false') !== 'false');
    return given.map((name) => ({
        kind: 'usage',
        message: `\`${name}\` has no meaning in mode \`plan\`; leave it out`,
    }));
}
function forceOf(names) {
    if (names.length === 0 || (names.length === 1 && (names[0] === 'none' || names[0] === 'false')))
        return { kind: 'none' };
    if (names.includes('all') || (names.length === 1 && names[0] === 'true'))
        return { kind: 'all' };
    return { kind: 'names', names };
}
class Reader {
    inputs;
    failures;
    constructor(inputs, failures) {
        this.inputs = inputs;
        this.failures = failures;
    }
    text(name) {
        const text = this.inputs[name]?.trim() ?? '';
        return text === '' ? undefined : text;
    }
    list(name, separator = LINE_OR_COMMA) {
        return splitList(this.text(name) ?? '', separator);
    }
    boolean(name) {
        const text = this.text(name) ?? 'false';
        if (text !== 'true' && text !== 'false')
            this.#fail(`\`${name}\` is \`${text}\`; it must be \`true\` or \`false\``);
        return text === 'true';
    }
    count(name) {
        const text = this.text(name);
        if (text === undefined)
            return undefined;
        if (!/^[1-9]\d{0,3}$/.test(text))
            this.#fail(`\`${name}\` is \`${text}\`; it must be a whole number from 1 to 9999`);
        return Number(text);
    }
    /** The first choice is the default. */
    choice(name, choices, toCome) {
        const text = this.text(name) ?? choices[0];
        const found = choices.find((choice) => choice === text);
        if (found !== undefined)
            return found;
        const near = closest(text, choices);
        if (toCome.includes(text))
            this.#fail(`\`${name}: ${text}\` is not supported by this version yet`);
        else
            this.#fail(`\`${name}\` is \`${text}\`; it must be ${choices.join(' or ')}${near ? `; did you mean \`${near}\`?` : ''}`);
        return choices[0];
    }
    #fail(message) {
        this.failures.push({ kind: 'usage', message });
    }
}
function withoutUndefined(map) {
    const set = Object.entries(map).filter(([, value]) => value !== undefined);
    return Object.fromEntries(set);
}

// EXTERNAL MODULE: ./src/model/service.ts
var model_service = __webpack_require__(1674);
;// CONCATENATED MODULE: ./src/model/fingerprint.ts
/** The registry tag under which an image of this fingerprint is found. */
function fingerprintTag(digest) {
    return `fp-${digest.slice(0, 32)}`;
}

;// CONCATENATED MODULE: ./src/execute/build.ts


/** Reference of an image's fingerprint tag: pushed first, so that no other tag ever stands without its image. */
function fingerprintReference(image) {
    return `${(0,model_service/* fullName */.f)(image.service.image)}:${fingerprintTag(image.fingerprint.digest)}`;
}
/** The build that makes a planned image, under its fingerprint's tag alone. */
function buildRequest(image, request, provenance) {
    const { service } = image;
    return {
        service: service.name,
        context: service.context,
        file: service.file,
        tags: [fingerprintReference(image)],
        push: request.push,
        load: request.load,
        options: [
            ...each('--platform', [(service.build.platforms ?? provenance.platforms).join(',')]),
            ...each('--label', pairs({ ...labels(image, provenance), ...service.build.labels })),
            ...each('--builder', [request.builder]),
            ...buildxOptions(service.build),
            ...(request.noCache || service.build.noCache ? ['--no-cache'] : []),
            ...(request.pull ? ['--pull'] : []),
        ],
    };
}
function buildxOptions(build) {
    return [
        ...each('--target', [build.target]),
        ...each('--build-arg', pairs(build.buildArgs)),
        ...each('--annotation', build.annotations),
        ...each('--ssh', build.ssh),
        ...each('--attest', build.attests),
        ...each('--provenance', [build.provenance]),
        ...each('--sbom', [build.sbom]),
        ...each('--network', [build.network]),
        ...each('--shm-size', [build.shmSize]),
        ...each('--add-host', build.addHosts),
        ...each('--ulimit', build.ulimit),
        ...each('--allow', build.allow),
        ...each('--no-cache-filter', build.noCacheFilters),
        ...each('--cache-from', build.cacheFrom),
        ...each('--cache-to', build.cacheTo),
    ];
}
function labels(image, provenance) {
    return {
        'smart-image-build.fingerprint': image.fingerprint.digest,
        'smart-image-build.built-at': provenance.builtAt,
        'org.opencontainers.image.revision': provenance.revision,
        'org.opencontainers.image.created': provenance.builtAt,
        ...(provenance.sourceUrl !== undefined && { 'org.opencontainers.image.source': provenance.sourceUrl }),
    };
}
function each(option, values) {
    return values.flatMap((value) => (value === undefined ? [] : [option, value]));
}
function pairs(map) {
    return Object.entries(map).map(([name, value]) => `${name}=${value}`);
}

;// CONCATENATED MODULE: ./src/execute/schedule.ts
/**
 * Runs one task per item, at most `bound` at once, started in order; resolves to the results in order when all have
 * ended. A task must not throw for an expected failure; when it throws, those under way still end before the throw goes on.
 */
async function inParallel(items, bound, task) {
    const results = new Array(items.length);
    const queue = items.entries();
    const worker = async () => {
        for (const [index, item] of queue)
            results[index] = await task(item);
    };
    const workers = Array.from({ length: Math.min(bound, items.length) }, worker);
    const ended = await Promise.allSettled(workers);
    for (const end of ended)
        if (end.status === 'rejected')
            throw end.reason;
    return results;
}

;// CONCATENATED MODULE: ./src/execute/execute.ts




/**
 * Carries out every decision of the plan; outcomes come in the plan's order. One image's failure stays with it: the
 * others are built, pushed and reported, unless `fail-fast` is set.
 */
async function execute(plan, execution) {
    const stop = new AbortController();
    const signal = AbortSignal.any([execution.signal, stop.signal]);
    return inParallel(plan.images, execution.request.maxParallel, async (image) => {
        const isStopped = signal.aborted && image.decision.kind !== 'skip';
        const outcome = isStopped ? cancelled(image) : await carryOut(image, execution).catch(brokenOff(image));
        if (outcome.kind === 'failed' && execution.request.failFast)
            stop.abort();
        await execution.record(outcome);
        execution.on({ kind: 'finished', outcome });
        return outcome;
    });
}
/** A bug in one image's work must not take the others' results with it. */
function brokenOff(image) {
    return (error) => ({ kind: 'failed', image, failure: (0,model_failure/* unexpected */.os)(error) });
}
function cancelled(image) {
    return { kind: 'cancelled', image };
}
async function carryOut(image, execution) {
    const { decision } = image;
    switch (decision.kind) {
        case 'skip':
            return { kind: 'skipped', image };
        case 'reuse':
            return reuse(image, decision, execution);
        case 'rebuild':
            return rebuild(image, execution);
    }
}
async function rebuild(image, execution) {
    const { builder, on, signal, request } = execution;
    const service = image.service.name;
    on({ kind: 'build-started', service });
    const onLine = ({ text: line, isOutput }) => {
        on({ kind: 'build-progress', service, line, isOutput });
    };
    const built = await builder.build(buildRequest(image, request, execution.provenance), { onLine, signal });
    if (!built.ok) {
        const [failure] = built.failures;
        return failure?.kind === 'interrupted' ? cancelled(image) : outcomeOf(image, built);
    }
    const { digest, durationMs } = built.value;
    const delivered = await deliver(image, digest, { ...execution, loaded: request.load });
    if (!delivered.ok)
        return outcomeOf(image, delivered);
    return { kind: 'built', image, durationMs, ...(request.push && digest !== undefined && { digest }) };
}
async function reuse(image, decision, execution) {
    const { digest } = decision;
    const delivered = await deliver(image, digest, { ...execution, loaded: decision.found === 'engine' });
    if (!delivered.ok)
        return outcomeOf(image, delivered);
    return { kind: 'reused', image, ...(digest !== undefined && { digest }) };
}
/** Points the run's tags at an image that exists, in the registry and in the engine, as far as the request goes. */
async function deliver(image, digest, execution) {
    const { request, registry, engine } = execution;
    const tags = execution.tags.get(image.service.name) ?? [];
    if (request.push) {
        if (digest === undefined)
            return noDigest(image);
        const pointed = await registry.point(image.service.image, digest, tags);
        if (!pointed.ok)
            return pointed;
    }
    if (!request.load)
        return (0,model_failure.ok)(undefined);
    const reference = fingerprintReference(image);
    if (!execution.loaded && digest !== undefined) {
        const pulled = await load(image, digest, engine);
        if (!pulled.ok)
            return pulled;
    }
    return engine.tag(reference, tags.map((tag) => `${(0,model_service/* fullName */.f)(image.service.image)}:${tag}`));
}
async function load(image, digest, engine) {
    const reference = fingerprintReference(image);
    const here = await engine.find([reference]);
    if (!here.ok)
        return here;
    if (here.value.get(reference)?.kind === 'exists')
        return (0,model_failure.ok)(undefined);
    const pinned = `${(0,model_service/* fullName */.f)(image.service.image)}@${digest}`;
    const pulled = await engine.pull(pinned);
    return pulled.ok ? engine.tag(pinned, [reference]) : pulled;
}
function noDigest(image) {
    const message = `\`${image.service.name}\` was pushed, but the builder named no digest`;
    return (0,model_failure/* failed */.gz)({ kind: 'engine-failed', message });
}
function outcomeOf(image, result) {
    const [failure] = result.failures;
    if (failure === undefined)
        throw new Error('A failed result without a failure');
    return { kind: 'failed', image, failure };
}

// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(3916);
;// CONCATENATED MODULE: ./src/fingerprint/ignore-pattern.ts

const SPACE_AROUND = /^(?:(?!\uFEFF)\s|\u0085)+|(?:(?!\uFEFF)\s|\u0085)+$/g;
/** `undefined` for a pattern that BuildKit refuses, or whose meaning as one of Go's regular expressions is unclear. */
function parsePattern(line) {
    // Cleaned twice, as BuildKit reads the file first and its patterns later: `./!a` is an exception, as `!a` is.
    const written = trimSpace(line);
    const isException = written.startsWith('!');
    const short = withoutRoot(clean(trimSpace(isException ? written.slice(1) : written)));
    const whole = clean(trimSpace(isException ? `!${short}` : short));
    const keeps = whole.startsWith('!');
    const pattern = keeps ? whole.slice(1) : whole;
    const matches = pattern === '' ? undefined : matcher(pattern);
    return matches && { keeps, matches };
}
/** Go's strings.TrimSpace: JavaScript's `trim` takes U+FEFF as well and leaves U+0085. */
function trimSpace(text) {
    return text.replace(SPACE_AROUND, '');
}
/** Go's filepath.Clean, except that nothing stays nothing. */
function clean(pattern) {
    if (pattern === '')
        return '';
    const normal = (0,posix_.normalize)(pattern);
    return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
/** `/a` and `a` mean the same. */
function withoutRoot(pattern) {
    return pattern.length > 1 && pattern.startsWith('/') ? pattern.slice(1) : pattern;
}
/** The special forms that patternmatcher compares as text come first: `a`, `a**`, `**a`; all else is an expression. */
function matcher(pattern) {
    if (!/[*?[\]\\]/.test(pattern))
        return (path) => path === pattern;
    // Go's scanner skips a byte order mark at the very start, but its comparisons as text do not.
    if (pattern.startsWith('\uFEFF'))
        return undefined;
    if (/^[^*?[\]\\]+\*\*$/.test(pattern)) {
        const prefix = pattern.slice(0, -2);
        return (path) => path.startsWith(prefix);
    }
    if (/^\*\*[^*?[\]\\]*$/.test(pattern)) {
        const suffix = pattern.slice(2);
        return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
    }
    const source = expression(pattern);
    if (source === undefined)
        return undefined;
    const regex = new RegExp(`^${source}$`, 'u');
    return (path) => regex.test(path);
}
/** One character of a `[class]`; Go would read `*`, `?` and `[:` there in ways of its own. */
const IN_CLASS = String.raw `(?:(?!\[:)[^\]\\*?-]|\\[\0-/:-@[-\x60{-\x7f])`;
const TOKEN = new RegExp(String.raw `\*\*/?|\*|\?|\[\^?(?:${IN_CLASS}(?:-${IN_CLASS})?)+\]|\\[\0-\x7f]|[^*?[\\]`, 'suy');
/** What a letter means after a backslash, which patternmatcher hands on to Go's regular expressions. */
const ESCAPES = {
    a: '\\x07',
    f: '\\f',
    n: '\\n',
    r: '\\r',
    t: '\\t',
    v: '\\v',
    A: '^',
    z: '$',
    b: '\\b',
    B: '\\B',
    d: '\\d',
    D: '\\D',
    w: '\\w',
    W: '\\W',
    s: '[\\t\\n\\f\\r ]',
    S: '[^\\t\\n\\f\\r ]',
};
/** JavaScript source of a pattern; `undefined` for what Go would refuse or understand as more than this. */
function expression(pattern) {
    let source = '';
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < pattern.length) {
        const token = TOKEN.exec(pattern)?.[0];
        const part = token && sourceOf(token, TOKEN.lastIndex === pattern.length);
        if (part === undefined)
            return undefined;
        source += part;
    }
    return isExpression(source) ? source : undefined;
}
/** Text for the newest patternmatcher, operators of a regular expression for those before 2025: BuildKit has either. */
const OPERATORS = new Set('+()|{}');
function sourceOf(token, isLast) {
    if (token.startsWith('**'))
        return isLast ? '[^\\n]*' : '(?:[^\\n]*/)?';
    if (token === '*')
        return '[^/]*';
    if (token === '?')
        return '[^/]';
    // Not escaped by patternmatcher: the start of the path, wherever it stands.
    if (token === '^')
        return '^';
    if (token.startsWith('\\'))
        return /[A-Za-z0-9]/.test(token) ? ESCAPES[token.slice(1)] : literal(token.slice(1));
    if (!token.startsWith('['))
        return OPERATORS.has(token) ? undefined : literal(token);
    const [, open = '', characters = ''] = /^(\[\^?)(.*)\]$/su.exec(token) ?? [];
    return `${open}${characters.replace(/\\(.)|[^-]/gsu, (char, escaped) => literal(escaped ?? char))}]`;
}
function literal(char) {
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
/** A class such as `[z-a]` passes the token pattern and is refused only here, as Go refuses it. */
function isExpression(source) {
    try {
        return new RegExp(source, 'u').source !== '';
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./src/fingerprint/ignore-rules.ts


/**
 * The rules of a `.dockerignore` file, with the meaning that BuildKit gives them (moby/patternmatcher and fsutil):
 * order counts, `!` keeps, `**` crosses folders, what a rule said of a folder holds for what is in it. This is not
 * the meaning of `.gitignore`.
 */
class IgnoreRules {
    static NONE = new IgnoreRules([]);
    /** Folder → what each rule said of it; a rule that was not asked counts as silent, as in fsutil's walk. */
    #folders = new Map();
    rules;
    constructor(rules) {
        this.rules = rules;
    }
    /** `config-invalid` names the line of a pattern that BuildKit would refuse, or whose meaning is unclear. */
    static parse(text, file) {
        const rules = [];
        for (const [index, line] of text
            .replace(/^\uFEFF/, '')
            .split(/\r?\n/)
            .entries()) {
            if (line.startsWith('#') || trimSpace(line) === '')
                continue;
            const rule = parsePattern(line);
            if (rule === undefined) {
                const message = `\`${line.trim()}\` is not a pattern that every Docker understands; see the .dockerignore format, and put a backslash before + ( ) | { }`;
                return (0,model_failure/* failed */.gz)({ kind: 'config-invalid', message, place: { file, line: index + 1, column: 1 } });
            }
            rules.push(rule);
        }
        return (0,model_failure.ok)(new IgnoreRules(rules));
    }
    /** Whether BuildKit would leave this file out; `path` is relative to the context. */
    drops(path) {
        return this.rules.length > 0 && this.#verdict(this.#answers(path));
    }
    #answers(path) {
        const slash = path.lastIndexOf('/');
        const inherited = slash === -1 ? undefined : this.#folderAnswers(path.slice(0, slash));
        const answers = [];
        let dropped = false;
        for (const [index, rule] of this.rules.entries()) {
            // Only a rule that could turn the verdict is asked: fsutil does the same, and a folder's unasked rules are not
            // inherited as matches by what is in it.
            const matched = inherited?.[index] === true || (rule.keeps === dropped && rule.matches(path));
            answers.push(matched);
            if (matched)
                dropped = !rule.keeps;
        }
        return answers;
    }
    #folderAnswers(folder) {
        let answers = this.#folders.get(folder);
        if (answers === undefined) {
            answers = this.#answers(folder);
            this.#folders.set(folder, answers);
        }
        return answers;
    }
    #verdict(answers) {
        let dropped = false;
        for (const [index, rule] of this.rules.entries())
            if (answers[index])
                dropped = !rule.keeps;
        return dropped;
    }
}

;// CONCATENATED MODULE: ./src/fingerprint/ignore-file.ts


/** Paths at which a service's ignore file may lie, the one that wins first. */
function ignoreFilePaths(service) {
    const inContext = service.context === '' ? '.dockerignore' : `${service.context}/.dockerignore`;
    return [`${service.file}.dockerignore`, inContext];
}
/** Texts of a run → path → its rules: a file is parsed once, however many services and steps ask for it. */
const parsed = new WeakMap();
/** The ignore rules in force for a service: `<Dockerfile>.dockerignore`, else the context's, else none. */
function ignoreRulesOf(service, texts) {
    const known = parsed.get(texts) ?? new Map();
    parsed.set(texts, known);
    for (const path of ignoreFilePaths(service)) {
        const text = texts.get(path);
        if (text === undefined)
            continue;
        const rules = known.get(path) ?? IgnoreRules.parse(text, path);
        known.set(path, rules);
        return rules;
    }
    return (0,model_failure.ok)(IgnoreRules.NONE);
}
/** Whether a path of the repository is a file that the service's context takes; rules that cannot be read take none. */
function isInput(service, path, texts) {
    const rules = ignoreRulesOf(service, texts);
    return rules.ok && takes(service, rules.value, path);
}
/** Whether a path of the repository lies in the service's context and is left there by its rules. */
function takes(service, rules, path) {
    if (service.context === '')
        return !rules.drops(path);
    const prefix = `${service.context}/`;
    return path.startsWith(prefix) && !rules.drops(path.slice(prefix.length));
}

;// CONCATENATED MODULE: ./src/report/visible.ts
/** Controls, invisible and direction-changing characters, line separators, halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** What the Actions runner takes for a command: `::` at a line's start, `##[` anywhere. */
const COMMAND = /^(\s*):(?=:)|#(?=#\[)/gu;
/** Colours and cursor movements (CSI), window titles and links (OSC). */
// eslint-disable-next-line no-control-regex -- finding them is its purpose
const ANSI_SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/gu;
/**
 * Text of any origin (a file name, a message) as one line that a person can read: what would move the cursor, break
 * the line or be taken for a workflow command is shown as an escape such as `\n` or `\x1b`. For eyes only: a
 * backslash stays as it is, so the original cannot be told from the result.
 */
function visible(text) {
    const printable = text.replace(UNPRINTABLE, escapeOf);
    return printable.replace(COMMAND, (_, space) => space === undefined ? '\\x23' : `${space}\\x3a`);
}
/** A line of a build's log: colours dropped, tabs widened, the rest as `visible` shows it. */
function visibleLog(line) {
    const plain = line
        .replace(ANSI_SEQUENCE, '')
        .replace(/\t/gu, '    ')
        .replace(/[\r\n]+$/u, '');
    return visible(plain);
}
/** A message of several lines as one. */
function visibleMessage(message) {
    return visible(message.trim().replace(/\s+/gu, ' '));
}
/** At most so many characters, the beginning kept. */
function beginning(text, most) {
    const characters = Array.from(text);
    return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
/** At most so many characters, the end kept: of a path it tells more than the beginning. */
function ending(text, most) {
    const characters = Array.from(text);
    return characters.length <= most ? text : `…${characters.slice(1 - most).join('')}`;
}
function escapeOf(character) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n')
        return '\\n';
    if (character === '\r')
        return '\\r';
    if (character === '\t')
        return '\\t';
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

;// CONCATENATED MODULE: ./src/report/reason.ts

const SHOWN_NAMES = 2;
const LONGEST_NAME = 60;
const WHERE_FOUND = {
    record: 'unchanged since its last build',
    registry: 'the registry has an image of this content',
    engine: 'this Docker has an image of this content',
};
/** Why an image is rebuilt, as one short line of plain text. */
function reasonText(reason) {
    switch (reason.kind) {
        case 'no-record':
            return 'no earlier build is recorded';
        case 'forced':
            return 'forced';
        case 'files':
            return filesText(reason);
        case 'dockerfile':
            return 'Dockerfile changed';
        case 'build-args':
            return changedText('build argument', reason.names);
        case 'options':
            return changedText('build option', reason.names);
        case 'format':
            return 'this version computes fingerprints anew';
        case 'image-missing':
            return 'its image does not exist any more';
    }
}
/** Why an image was decided upon as it was, as one line of plain text. */
function decisionText(decision) {
    switch (decision.kind) {
        case 'rebuild':
            return decision.reasons.map(reasonText).join('; ');
        case 'reuse':
            return WHERE_FOUND[decision.found];
        case 'skip':
            return 'not asked for';
    }
}
function filesText(reason) {
    const counts = [
        { verb: 'added', count: reason.added ?? 0 },
        { verb: 'modified', count: reason.modified ?? 0 },
        { verb: 'removed', count: reason.removed ?? 0 },
    ].filter(({ count }) => count > 0);
    const paths = reason.paths ?? [];
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    const [first, ...others] = counts;
    if (first === undefined)
        return paths.length === 0 ? 'files changed' : `files changed: ${listed(paths, paths.length)}`;
    const verb = others.length === 0 ? first.verb : 'changed';
    const names = paths.length === 0 ? '' : `: ${listed(paths, total)}`;
    const parts = others.length === 0 ? '' : ` (${counts.map((part) => `${part.count} ${part.verb}`).join(', ')})`;
    return `${total} ${total === 1 ? 'file' : 'files'} ${verb}${names}${parts}`;
}
function changedText(noun, names) {
    if (names.length === 0)
        return `${noun}s changed`;
    return `${noun}${names.length === 1 ? '' : 's'} ${listed(names, names.length)} changed`;
}
/** The first of the names; `total` says how many there are in all, of which `names` may be only some. */
function listed(names, total) {
    const shown = names.slice(0, SHOWN_NAMES).map((name) => ending(visible(name), LONGEST_NAME));
    const more = Math.max(total, names.length) - shown.length;
    return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

;// CONCATENATED MODULE: ./src/report/view.ts


const LONGEST_MESSAGE = 300;
const DIGEST_DIGITS = 12;
const RESULT_WORDS = {
    rebuild: 'rebuild',
    reuse: 'reuse',
    skip: 'skip',
    built: 'built',
    reused: 'reused',
    skipped: 'skipped',
    failed: 'failed',
    cancelled: 'cancelled',
};
/** What is counted of a finished run, in this order; `always`: also when there is none. */
const OUTCOME_COUNTS = {
    built: { words: 'built', always: true },
    reused: { words: 'reused', always: true },
    failed: { words: 'failed', always: true },
    cancelled: { words: 'cancelled', always: false },
    skipped: { words: 'not asked for', always: false },
};
const DECISION_COUNTS = {
    rebuild: { words: 'to rebuild', always: true },
    reuse: { words: 'to reuse', always: true },
    skip: { words: 'not asked for', always: false },
};
/** One row per planned image, in the plan's order. */
function resultRows(result) {
    return result.outcomes?.map(outcomeRow) ?? planRows(result.plan);
}
function planRows(plan) {
    return plan.images.map((image) => {
        const { decision } = image;
        const estimate = decision.kind === 'rebuild' ? image.record?.durationMs : undefined;
        return {
            ...plainRow(image, decision.kind),
            time: estimate === undefined ? '' : `~${durationText(estimate)}`,
            digest: decision.kind === 'reuse' ? shortDigest(decision.digest) : '',
        };
    });
}
/** `2 built, 3 reused, 0 failed in 12.3 s` */
function resultSummary(result) {
    if (result.outcomes === undefined)
        return planSummary(result.plan);
    const counts = countText(result.outcomes, OUTCOME_COUNTS);
    return `${counts} in ${durationText(result.durationMs)}`;
}
/** `1 to rebuild, 4 to reuse` */
function planSummary(plan) {
    const decisions = plan.images.map((image) => image.decision);
    return countText(decisions, DECISION_COUNTS);
}
function durationText(milliseconds) {
    const seconds = Math.max(0, milliseconds) / 1000;
    if (seconds < 59.95)
        return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
/** The first digits of a `sha256:…`; whatever is no digit is left out. */
function shortDigest(digest) {
    const digits = (digest ?? '').replace(/^sha256:/u, '').replace(/[^0-9a-f]/gu, '');
    return digits.slice(0, DIGEST_DIGITS);
}
function failureText(failure) {
    return beginning(visibleMessage(failure.message), LONGEST_MESSAGE);
}
/** Exported for live progress, which shows outcomes one by one. */
function outcomeRow(outcome) {
    const row = plainRow(outcome.image, outcome.kind);
    switch (outcome.kind) {
        case 'built':
            return { ...row, time: durationText(outcome.durationMs), digest: shortDigest(outcome.digest) };
        case 'reused':
            return { ...row, digest: shortDigest(outcome.digest) };
        case 'skipped':
            return { ...row, why: 'not asked for' };
        case 'failed': {
            const log = outcome.failure.kind === 'build-failed' ? outcome.failure.log : [];
            return { ...row, why: failureText(outcome.failure), log };
        }
        case 'cancelled':
            return { ...row, why: 'the run ended before it was done' };
    }
}
/** A reused image that is not the delivered one says so: its deploy would surprise otherwise. */
function plainRow(image, verdict) {
    const reused = verdict === 'reuse' || verdict === 'reused';
    return {
        service: visible(image.service.name),
        verdict,
        result: reused && image.changed ? `${RESULT_WORDS[verdict]}, changed` : RESULT_WORDS[verdict],
        why: decisionText(image.decision),
        time: '',
        digest: '',
        log: [],
    };
}
function countText(items, table) {
    const counted = Object.keys(table).map((kind) => {
        const count = items.filter((item) => item.kind === kind).length;
        return count > 0 || table[kind].always ? `${count} ${table[kind].words}` : undefined;
    });
    return counted.filter((text) => text !== undefined).join(', ');
}

;// CONCATENATED MODULE: ./src/report/terminal.ts


const WIDEST_NAME = 40;
const DIM = '2';
/** Parameters of ANSI's "select graphic rendition". */
const VERDICT_COLOR = {
    rebuild: '33',
    reuse: '36',
    skip: DIM,
    built: '32',
    reused: '36',
    skipped: DIM,
    failed: '31',
    cancelled: '33',
};
/** The decisions as an aligned table, one line per image and a summary as the last line. */
function planLines(plan, options) {
    return [...table(planRows(plan), options), planSummary(plan)];
}
/** How the run ended, laid out like the plan; without outcomes the plan itself. */
function resultLines(result, options) {
    return [...table(resultRows(result), options), resultSummary(result)];
}
/** Width of the longest service name, within reason. */
function nameWidth(plan) {
    return widest(plan.images.map((image) => nameText(visible(image.service.name))));
}
/** One line of live progress, or nothing for an event that is not worth a line. */
function eventLine(event, options) {
    switch (event.kind) {
        case 'build-started':
            return progressLine(event.service, 'build started', options);
        case 'build-progress': {
            const text = visibleLog(event.line).trimEnd();
            return text === '' ? undefined : progressLine(event.service, text, options);
        }
        case 'finished': {
            const row = outcomeRow(event.outcome);
            // Neither took time; the plan has said it of many images already.
            if (row.verdict === 'skipped' || row.verdict === 'reused')
                return undefined;
            return progressLine(event.outcome.image.service.name, finishedText(row, options), options);
        }
    }
}
function progressLine(service, text, options) {
    const name = nameText(visible(service)).padEnd(options.width);
    return `${painted(`${name}  |`, DIM, options)} ${text}`;
}
function finishedText(row, options) {
    const verdict = painted(row.result, VERDICT_COLOR[row.verdict], options);
    const time = row.time === '' ? '' : ` in ${row.time}`;
    return `${verdict}${time}${row.verdict === 'built' ? '' : `: ${row.why}`}`;
}
function table(rows, options) {
    const name = widest(rows.map((row) => nameText(row.service)));
    const result = widest(rows.map((row) => row.result));
    const time = widest(rows.map((row) => row.time));
    const digest = widest(rows.map((row) => row.digest));
    return rows.map((row) => {
        const verdict = painted(row.result.padEnd(result), VERDICT_COLOR[row.verdict], options);
        // A column that is empty in every row takes no room.
        const cells = [nameText(row.service).padEnd(name), verdict];
        if (time > 0)
            cells.push(row.time.padStart(time));
        if (digest > 0)
            cells.push(row.digest.padEnd(digest));
        return [...cells, row.why].join('  ').trimEnd();
    });
}
function nameText(service) {
    return beginning(service, WIDEST_NAME);
}
function widest(texts) {
    return texts.reduce((most, text) => Math.max(most, text.length), 0);
}
function painted(text, color, options) {
    return options.color ? `\u001b[${color}m${text}\u001b[0m` : text;
}

;// CONCATENATED MODULE: ./src/config/image.ts
/** A path component, after the grammar of distribution's `reference` package. */
const COMPONENT = /^[a-z\d]+(?:(?:\.|_|__|-+)[a-z\d]+)*$/;
const HOST = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*|\[[\da-f:]+\])(?::\d{1,5})?$/;
const GRAMMAR = 'small letters and digits, single `.`, `_` or `-` between them, `/` between parts';
function parseRegistry(text) {
    const prefix = text.toLowerCase().replace(/\/+$/, '');
    const scheme = schemeOf(prefix);
    if (scheme !== undefined)
        return { problem: `remove \`${scheme}\`: write \`${prefix.slice(scheme.length)}\`` };
    const [host = '', ...path] = prefix.split('/');
    const tag = versionOf(path);
    if (tag !== undefined)
        return { problem: `remove \`${tag}\`: a registry prefix has no tag and no digest` };
    if (!isHost(host)) {
        return { problem: `\`${host}\` is no registry host; for Docker Hub write \`docker.io/${prefix}\`` };
    }
    if (!HOST.test(host))
        return { problem: `\`${host}\` is not a valid registry host` };
    const wrong = path.find((part) => !COMPONENT.test(part));
    if (wrong !== undefined)
        return { problem: `\`${wrong}\` is not a valid part of an image name: ${GRAMMAR}` };
    return { value: { host, path: path.join('/') } };
}
/** An image as a person writes it; it has a registry of its own when its first part looks like a host, as in Docker. */
function parseImage(text) {
    const name = text.toLowerCase();
    const scheme = schemeOf(name);
    if (scheme !== undefined)
        return { problem: `remove \`${scheme}\`: write \`${name.slice(scheme.length)}\`` };
    const parts = name.split('/');
    const [first = ''] = parts;
    const registry = parts.length > 1 && isHost(first) ? first : undefined;
    const path = registry === undefined ? parts : parts.slice(1);
    const version = versionOf(path);
    if (version !== undefined)
        return { problem: `remove \`${version}\`: tags are said by \`tags\`, not in the name` };
    if (registry !== undefined && !HOST.test(registry))
        return { problem: `\`${registry}\` is not a valid registry host` };
    const wrong = path.find((part) => !COMPONENT.test(part));
    if (wrong !== undefined)
        return { problem: `\`${text}\` is not a valid image name: ${GRAMMAR}` };
    return { value: { ...(registry === undefined ? {} : { registry }), repository: path.join('/') } };
}
/** Where the image is pushed to: an image with a registry of its own stays there. */
function withRegistry(image, prefix) {
    if (image.registry !== undefined || prefix === undefined)
        return image;
    const repository = prefix.path === '' ? image.repository : `${prefix.path}/${image.repository}`;
    return { registry: prefix.host, repository };
}
function isHost(part) {
    return part.includes('.') || part.includes(':') || part === 'localhost';
}
function schemeOf(name) {
    return /^[a-z][a-z\d+.-]*:\/\//.exec(name)?.[0];
}
/** The `:tag` or `@digest` at the end of a path. */
function versionOf(path) {
    return /(?:@|:).*$/.exec(path.join('/'))?.[0];
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./src/config/document.ts

/** Nodes of a document after its aliases are replaced. A repository with a thousand services stays far below. */
const MAX_NODES = 100_000;
/** Reads one YAML 1.2 document (core schema) and lists every syntax error, or every key that is set twice. */
function readDocument(text, file) {
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(text, {
        lineCounter: lines,
        prettyErrors: false,
        uniqueKeys: false,
        resolveKnownTags: false,
    });
    const placeOf = (offset) => {
        const { line, col } = lines.linePos(offset);
        return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    const errors = [...document.errors, ...document.warnings];
    const fatal = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
    if (fatal !== undefined)
        return { failures: [syntaxFailure(fatal, placeOf)] };
    if (errors.length > 0)
        return { failures: errors.map((error) => syntaxFailure(error, placeOf)) };
    if (document.directives.yaml.explicit && document.directives.yaml.version !== '1.2') {
        return { failures: [invalid('only YAML 1.2 is understood; remove the line `%YAML`', placeOf(0))] };
    }
    const converter = new Converter(document, placeOf);
    const root = converter.node(document.contents, placeOf(0));
    return converter.unreadable ? { failures: converter.failures } : { root, failures: converter.failures };
}
/** The node that a path of keys and indexes leads to, or the last one on the way that exists. */
function nodeAt(node, path) {
    const [step, ...rest] = path;
    const next = node.kind === 'map'
        ? node.entries.get(String(step))?.node
        : node.kind === 'list'
            ? node.items[Number(step)]
            : undefined;
    return step === undefined || next === undefined ? node : nodeAt(next, rest);
}
function invalid(message, place) {
    return { kind: 'config-invalid', message, place };
}
function syntaxFailure(error, placeOf) {
    return invalid(syntaxMessage(error), placeOf(error.pos[0]));
}
function syntaxMessage(error) {
    if (error.code === 'MULTIPLE_DOCS')
        return 'the file holds several YAML documents; keep one and remove this `---`';
    if (error.code === 'TAB_AS_INDENT')
        return 'this line is indented by a tab; YAML wants spaces';
    if (error.code === 'RESOURCE_EXHAUSTION')
        return 'the YAML is nested too deeply';
    if (error.code === 'TAG_RESOLVE_FAILED')
        return `${error.message}; tags (\`!name\`) are not supported, remove it`;
    return `not valid YAML: ${error.message}`;
}
class Converter {
    failures = [];
    /** Set when an alias could not be replaced, so that what the document says is unknown. */
    unreadable = false;
    #targets;
    #placeOf;
    #open = new Set();
    #nodes = 0;
    constructor(document, placeOf) {
        this.#targets = targetsOf(document);
        this.#placeOf = placeOf;
    }
    node(node, parent) {
        const place = this.#place(node, parent);
        this.#nodes += 1;
        if (this.#nodes > MAX_NODES) {
            if (!this.unreadable)
                this.#giveUp(`more than ${MAX_NODES} values, aliases included`, place);
            return emptyNode(place);
        }
        if ((0,dist/* isAlias */.Vj)(node))
            return this.#alias(node, place);
        if ((0,dist/* isMap */.jh)(node))
            return this.#within(node, () => this.#map(node, place));
        if ((0,dist/* isSeq */.oP)(node)) {
            return this.#within(node, () => ({
                kind: 'list',
                place,
                items: node.items.map((item) => this.node(item, place)),
            }));
        }
        return (0,dist/* isScalar */.jn)(node) ? scalarNode(node, place) : emptyNode(place);
    }
    #alias(alias, place) {
        const target = this.#targets.get(alias);
        if (target === undefined)
            return this.#giveUp(`there is no anchor \`&${alias.source}\` before this alias`, place);
        if (this.#open.has(target))
            return this.#giveUp(`\`*${alias.source}\` stands inside of what it names`, place);
        return this.node(target, place);
    }
    #within(node, convert) {
        this.#open.add(node);
        const converted = convert();
        this.#open.delete(node);
        return converted;
    }
    #map(map, place) {
        const entries = new Map();
        const merged = [];
        for (const pair of map.items) {
            const keyPlace = this.#place(pair.key, place);
            const value = this.node(pair.value, keyPlace);
            if (isMergeKey(pair))
                merged.push(...(value.kind === 'list' ? value.items : [value]));
            else
                this.#set(entries, this.#key(pair, keyPlace), { place: keyPlace, node: value });
        }
        for (const source of merged) {
            if (source.kind !== 'map')
                this.failures.push(invalid('`<<` takes a map, or a list of maps', source.place));
            else
                for (const [key, entry] of source.entries)
                    if (!entries.has(key))
                        entries.set(key, entry);
        }
        return { kind: 'map', place, entries };
    }
    #set(entries, key, entry) {
        if (key === undefined)
            return;
        const earlier = entries.get(key);
        if (earlier === undefined)
            entries.set(key, entry);
        else
            this.failures.push(invalid(`\`${key}\` is set twice, first on line ${earlier.place.line}`, entry.place));
    }
    #key(pair, place) {
        const key = this.node(pair.key, place);
        if (this.unreadable)
            return undefined;
        if (key.kind === 'scalar' && key.source !== '')
            return typeof key.value === 'string' ? key.value : key.source;
        this.failures.push(invalid('a key must be text that is not empty', place));
        return undefined;
    }
    #place(node, parent) {
        const range = node?.range;
        return range?.[0] === undefined ? parent : this.#placeOf(range[0]);
    }
    #giveUp(message, place) {
        this.unreadable = true;
        this.failures.push(invalid(message, place));
        return emptyNode(place);
    }
}
/** What each alias names: the nearest node before it with that anchor. One pass, as `Alias.resolve` takes one per alias. */
function targetsOf(document) {
    const anchors = new Map();
    const targets = new Map();
    (0,dist/* visit */.YR)(document, {
        Alias: (_key, alias) => {
            targets.set(alias, anchors.get(alias.source));
        },
        Value: (_key, node) => {
            if (node.anchor !== undefined)
                anchors.set(node.anchor, node);
        },
    });
    return targets;
}
/** A quoted `'<<'` is an ordinary key. */
function isMergeKey(pair) {
    return (0,dist/* isScalar */.jn)(pair.key) && pair.key.type === dist/* Scalar */.X5.PLAIN && pair.key.value === '<<';
}
function scalarNode(scalar, place) {
    const { value } = scalar;
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return {
        kind: 'scalar',
        place,
        value: known,
        source: typeof value === 'string' ? value : (scalar.source ?? ''),
    };
}
function emptyNode(place) {
    return { kind: 'scalar', place, value: null, source: '' };
}

;// CONCATENATED MODULE: ./src/config/interpolate.ts
const interpolate_TOKEN = /\$\$|\$\{([^{}]*)\}|\$\{|\$(?=([A-Za-z_]\w*))/g;
const VARIABLE = /^([A-Za-z_]\w*)(?::-(.*))?$/s;
/** Understands `${NAME}`, `${NAME:-default}` and `$$` (a literal `$`); any other `$` is text. */
function parseTemplate(text) {
    const parts = [];
    const unbraced = [];
    let end = 0;
    for (const match of text.matchAll(interpolate_TOKEN)) {
        const [token, inside, bare] = match;
        parts.push(text.slice(end, match.index));
        end = match.index + token.length;
        if (bare !== undefined)
            unbraced.push(bare);
        if (token === '$$' || token === '$')
            parts.push('$');
        else {
            const variable = parseVariable(inside);
            if (variable === undefined) {
                return { problem: `write \${NAME} or \${NAME:-default}, or $\${ where \`$\{\` itself is meant` };
            }
            parts.push(variable);
        }
    }
    parts.push(text.slice(end));
    return { value: { parts: parts.filter((part) => part !== ''), unbraced } };
}
/** `missing` lists each variable that is unset and has no default; an empty variable counts as set. */
function fill(template, variables) {
    const missing = new Set();
    const texts = template.parts.map((part) => {
        if (typeof part === 'string')
            return part;
        const set = Object.hasOwn(variables, part.name) ? variables[part.name] : undefined;
        const value = part.fallback === undefined ? set : set || part.fallback;
        if (value === undefined)
            missing.add(part.name);
        return value ?? '';
    });
    return missing.size > 0 ? { missing: [...missing] } : { value: texts.join('') };
}
function parseVariable(inside) {
    const [, name, fallback] = VARIABLE.exec(inside ?? '') ?? [];
    if (name === undefined)
        return undefined;
    return fallback === undefined ? { name } : { name, fallback: fallback.replaceAll('$$', '$') };
}

;// CONCATENATED MODULE: ./src/config/resolve.ts





/** What a build has when nothing is configured. */
const PLAIN_BUILD = {
    buildArgs: {},
    labels: {},
    annotations: [],
    ssh: [],
    attests: [],
    addHosts: [],
    ulimit: [],
    allow: [],
    noCache: false,
    noCacheFilters: [],
    cacheFrom: [],
    cacheTo: [],
};
/**
 * The services with `defaults`, environment variables and the registry put in. Failures: `config-invalid` for two
 * services with one image and for variables that are missing, `usage` for a registry option that cannot be understood.
 */
function resolveConfig(config, options) {
    const registry = registryOf(options.registry, config.registry);
    if (!registry.ok)
        return registry;
    const resolved = config.services.map((service) => resolveService(service, {
        defaults: config.defaults,
        registry: registry.value,
        variables: options.variables,
    }));
    const services = resolved.map(({ service }) => service);
    const failures = distinct([
        ...resolved.flatMap(({ failures }) => failures),
        ...duplicateImages(config.services, services),
    ]);
    return (0,model_failure/* unless */.NJ)(failures, { services, notices: distinct(resolved.flatMap(({ notices }) => notices)) });
}
/** The registry that counts: the option when it is given and not empty, else what is configured. */
function registryOf(option, configured) {
    if (option === undefined || option === '')
        return (0,model_failure.ok)(configured);
    const checked = parseRegistry(option);
    return 'value' in checked
        ? (0,model_failure.ok)(checked.value)
        : (0,model_failure/* failed */.gz)({ kind: 'usage', message: `\`registry\`: ${checked.problem}` });
}
/** Each service whose image an earlier one has already, with that one. */
function sameImages(services) {
    const owners = new Map();
    return services.flatMap((service) => {
        const image = (0,model_service/* fullName */.f)(service.image);
        const earlier = owners.get(image);
        if (earlier === undefined)
            owners.set(image, service);
        return earlier === undefined ? [] : [{ service, earlier }];
    });
}
function duplicateImages(configured, services) {
    const places = new Map(services.map((service, index) => [service, configured[index]?.place]));
    return sameImages(services).flatMap(({ service, earlier }) => {
        const [place, first] = [places.get(service), places.get(earlier)];
        if (place === undefined || first === undefined)
            return [];
        const where = `${first.file}:${first.line}:${first.column}`;
        const message = `duplicate images: \`${service.name}\` and \`${earlier.name}\` (${where}) are both \`${(0,model_service/* fullName */.f)(service.image)}\`; give one of them another \`image\``;
        return [invalid(message, place)];
    });
}
function resolveService(configured, { defaults, registry, variables }) {
    const { name, place, context, file, settings } = configured;
    const args = [...new Map([...defaults.buildArgs, ...settings.buildArgs])].map(([arg, { template, place }]) => {
        return { name: arg, place, template, filled: fill(template, variables) };
    });
    const service = {
        name,
        context,
        file,
        image: withRegistry(configured.image, registry),
        tags: settings.tags ?? defaults.tags ?? [],
        build: {
            ...PLAIN_BUILD,
            ...defaults.build,
            ...settings.build,
            labels: recordOf([...defaults.labels, ...settings.labels]),
            buildArgs: recordOf(args.flatMap(({ name, filled }) => ('value' in filled ? [[name, filled.value]] : []))),
        },
        matrix: recordOf([...defaults.matrix, ...settings.matrix]),
        place,
    };
    return { service, failures: args.flatMap(missingVariables), notices: args.flatMap(unbracedVariables) };
}
function missingVariables({ name, place, filled }) {
    if ('value' in filled)
        return [];
    return filled.missing.map((variable) => {
        const problem = `needs the environment variable \`${variable}\`, which is not set`;
        return invalid(`build argument \`${name}\` ${problem}; set it, or write \`\${${variable}:-default}\``, place);
    });
}
function unbracedVariables({ name, place, template }) {
    return template.unbraced.map((variable) => {
        const mend = `write \`\${${variable}}\` for the variable, or \`$$${variable}\` to say so`;
        return {
            message: `build argument \`${name}\` holds \`$${variable}\`, which is passed as it stands; ${mend}`,
            place,
        };
    });
}
/** Without a prototype, so that a key `__proto__` is a key like any other; later entries win. */
function recordOf(entries) {
    const record = Object.create(null);
    for (const [key, value] of entries)
        record[key] = value;
    return record;
}
function distinct(values) {
    return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

;// CONCATENATED MODULE: ./src/config/discover.ts



/** `Dockerfile`, `api.Dockerfile`, `Dockerfile.api`; Containerfile likewise. Small letters as docker takes them. */
const NAMES = [
    /^(?:Docker|Container)file$|^dockerfile$/,
    /^(.+)\.(?:[Dd]ocker|[Cc]ontainer)file$/,
    /^(?:Docker|Container)file\.(.+)$/,
];
/** What stands beside Dockerfiles and is none: ignore files, notes, templates, copies. */
const OTHER_FILES = /(?:^|\.)(?:dockerignore|md|txt|rst|j2|jinja2?|tmpl|tpl|template|erb|mustache|hbs|in|bak|backup|orig|old|rej|swp|sample|example)$/i;
/** Folders of other people's code and of tools, whose images nobody deploys. */
const OTHER_FOLDERS = new Set(['node_modules', 'vendor', '.git', '.github', '.devcontainer']);
const discover_LONGEST_NAME = 100;
/**
 * The services of a repository without a configuration: one for each Dockerfile among `paths` (relative to the
 * repository root), named after its folder, which is its context. Two of one name are named after their whole path.
 */
function discoverServices(paths, options) {
    const registry = registryOf(options.registry, undefined);
    if (!registry.ok)
        return registry;
    const found = paths.flatMap((path) => dockerfileAt(path) ?? []).sort((a, b) => (a.path < b.path ? -1 : 1));
    const { dockerfiles, notices } = withoutTwins(found);
    if (dockerfiles.length === 0) {
        const places = '`.github/smart-image-build.yml` nor `smart-image-build.yml`';
        const message = `there is neither a configuration (${places}) nor a Dockerfile in the repository; add a Dockerfile, or a configuration that names the images under \`services:\``;
        return (0,model_failure/* failed */.gz)({ kind: 'config-invalid', message });
    }
    const names = namesOf(dockerfiles, options.rootName);
    const services = dockerfiles.map((dockerfile, index) => {
        const name = names[index] ?? '';
        const image = withRegistry({ repository: name }, registry.value);
        return {
            name,
            context: dockerfile.folder,
            file: dockerfile.path,
            image,
            tags: [],
            build: PLAIN_BUILD,
            matrix: {},
        };
    });
    const failures = sameImages(services).map(({ service, earlier }) => {
        const message = `\`${earlier.file}\` and \`${service.file}\` would both be named \`${service.name}\`; name them in \`.github/smart-image-build.yml\``;
        return { kind: 'config-invalid', message };
    });
    return (0,model_failure/* unless */.NJ)(failures, { services, notices });
}
function dockerfileAt(path) {
    const folders = path.split('/');
    const file = folders.pop() ?? '';
    if (OTHER_FILES.test(file) || folders.some((folder) => OTHER_FOLDERS.has(folder)))
        return undefined;
    const match = NAMES.map((name) => name.exec(file)).find((found) => found !== null);
    if (!match)
        return undefined;
    const variant = match[1];
    return { path, folder: folders.join('/'), ...(variant === undefined ? {} : { variant }) };
}
/** Of a Dockerfile and a Containerfile for the same image the first counts, as docker looks for it alone. */
function withoutTwins(found) {
    const kept = new Map();
    const notices = [];
    for (const dockerfile of found.toSorted((a, b) => preference(a) - preference(b))) {
        const key = `${dockerfile.folder}\n${dockerfile.variant ?? ''}`;
        const twin = kept.get(key);
        if (twin === undefined)
            kept.set(key, dockerfile);
        else
            notices.push({ message: `\`${dockerfile.path}\` is not built: \`${twin.path}\` is for the same image` });
    }
    return { dockerfiles: found.filter((dockerfile) => [...kept.values()].includes(dockerfile)), notices };
}
function preference({ path }) {
    const file = path.slice(path.lastIndexOf('/') + 1);
    return /container/i.test(file) ? 2 : file.includes('Dockerfile') ? 0 : 1;
}
/** In the order of `dockerfiles`. Taking the whole path may meet a name that was alone before: it takes its own then. */
function namesOf(dockerfiles, rootName) {
    const whole = new Set();
    for (;;) {
        const names = dockerfiles.map((dockerfile) => nameOf(dockerfile, rootName, whole.has(dockerfile)));
        const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
        const known = whole.size;
        for (const [index, dockerfile] of dockerfiles.entries())
            if (twice.has(names[index] ?? ''))
                whole.add(dockerfile);
        if (whole.size === known)
            return names;
    }
}
function nameOf({ folder, variant }, rootName, isWhole) {
    const base = folder === '' ? rootName : isWhole ? folder : folder.slice(folder.lastIndexOf('/') + 1);
    return imageWord(variant === undefined ? base : `${base}-${variant}`);
}
/** Text as a name that a service and its image can have. */
function imageWord(text) {
    const word = text.toLowerCase().replace(/[^a-z\d]+/g, (run) => (/^(?:\.|_|__|-+)$/.test(run) ? run : '-'));
    const trimmed = word.replace(/^[^a-z\d]+/, '').slice(0, discover_LONGEST_NAME);
    return trimmed.replace(/[^a-z\d]+$/, '') || 'image';
}

;// CONCATENATED MODULE: ./src/config/keys.ts


/** Compose's words for what build-push-action calls otherwise. */
const COMPOSE_WORDS = new Map([
    ['dockerfile', 'file'],
    ['args', 'build-args'],
    ['build', 'context'],
    ['extra_hosts', 'add-hosts'],
]);
/** A failure for each key that is not allowed here, at the key. */
function keyFailures(entries, table) {
    return [...entries]
        .filter(([key]) => !table.allowed.includes(key))
        .map(([key, entry]) => invalid(keyMessage(key, table), entry.place));
}
function keyMessage(key, { allowed, later, perService }) {
    if (later.includes(key))
        return `\`${key}\` is not supported by this version yet`;
    if (perService.includes(key)) {
        return `\`${key}\` cannot be the same for all services; say it in each service, not in \`defaults\``;
    }
    const word = COMPOSE_WORDS.get(key.toLowerCase()) ?? key;
    const near = closest(word, allowed);
    if (near !== undefined)
        return `unknown key \`${key}\`; did you mean \`${near}\`?`;
    return `unknown key \`${key}\`; allowed here: ${allowed.join(', ')}`;
}

;// CONCATENATED MODULE: ./src/config/paths.ts
/**
 * A written, not empty path as `Service.context` holds it: relative to the repository root, `/` between its parts, without `.`, `..`
 * or a slash at either end; `''` is the root.
 */
function folderPath(text) {
    if (/^[a-z][a-z\d+.-]*:\/\//i.test(text) || /^git@/.test(text)) {
        return { problem: `\`${text}\` is an address; only folders of this repository can be built` };
    }
    return pathWithin(text);
}
/** As `folderPath`, of a file; the root is none. */
function filePath(text) {
    const checked = folderPath(text);
    const isFolder = 'value' in checked && (checked.value === '' || text.endsWith('/'));
    return isFolder ? { problem: `\`${text}\` is a folder; name the Dockerfile in it` } : checked;
}
function joinPath(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
function pathWithin(text) {
    // eslint-disable-next-line no-control-regex -- these are what no path of a repository should hold
    if (/[\u0000-\u001f\u007f]/.test(text))
        return { problem: 'the path holds a control character or a line break' };
    if (text.includes('\\'))
        return { problem: `\`${text}\` holds a backslash; write \`/\` between folders` };
    if (text.startsWith('/') || /^[a-z]:/i.test(text)) {
        return { problem: `\`${text}\` is outside the repository; write a path relative to the repository root` };
    }
    const parts = [];
    for (const part of text.split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            parts.push(part);
        else if (parts.pop() === undefined) {
            return { problem: `\`${text}\` is outside the repository; paths are relative to the repository root` };
        }
    }
    return { value: parts.join('/') };
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var valibot_dist = __webpack_require__(7934);
;// CONCATENATED MODULE: ./src/config/schema.ts

/*
 * The shape of the configuration: what `parse.ts` checks and what `schema.json` is generated from. Maps whose keys are
 * a person's own names are `v.map`, as objects would lose names such as `constructor`. The message of each schema
 * completes the sentence "… must be …".
 */
const schema_text = valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP('text'), valibot_dist/* minLength */.BpQ(1, 'text that is not empty'));
const list = valibot_dist/* union */.KCZ([valibot_dist/* array */.YOg(schema_text, 'a list'), schema_text], 'a list, or text with one item per line');
const scalar = valibot_dist/* union */.KCZ([valibot_dist/* string */.YjP(), valibot_dist/* number */.aig(), valibot_dist/* boolean */.zMY()], 'text, a number, true or false');
function schema_pairs(value) {
    const map = valibot_dist/* map */.TjK(valibot_dist/* string */.YjP(), value, 'a map');
    return valibot_dist/* union */.KCZ([map, valibot_dist/* array */.YOg(schema_text, 'a list'), schema_text], 'a map of names to values, or KEY=VALUE lines');
}
function described(schema, description) {
    return valibot_dist/* optional */.lqM(valibot_dist/* pipe */.FsL(schema, valibot_dist/* description */.h_(description)));
}
/** Keys of one service in this version, by their names in docker/build-push-action where it has them. */
const serviceEntries = {
    context: valibot_dist/* pipe */.FsL(schema_text, valibot_dist/* description */.h_('Folder of the build context, relative to the repository root; `.` is the root.')),
    file: described(schema_text, 'Dockerfile, relative to the repository root. Default: `<context>/Dockerfile`.'),
    target: described(schema_text, 'Stage of the Dockerfile to build.'),
    image: described(schema_text, 'Image name without a tag. Default: the name of the service. `registry` is put before it unless it names a registry of its own.'),
    tags: described(list, 'Tag rules, added to those of the input `tags`.'),
    labels: described(schema_pairs(scalar), 'Labels of the image: a map, or KEY=VALUE lines.'),
    annotations: described(list, 'OCI annotations: `key=value` lines, with an optional `type:` in front.'),
    'build-args': described(schema_pairs(valibot_dist/* nullable */.mee(scalar)), 'Build arguments: a map, or KEY=VALUE lines. `${NAME}` and `${NAME:-default}` come from the environment, `$$` is a `$`; an argument without a value has that of the environment variable of its name.'),
    ssh: described(list, 'SSH agent sockets or keys for the build, such as `default`.'),
    platforms: described(list, 'Platforms such as `linux/amd64`. Default: `linux/amd64`.'),
    provenance: described(valibot_dist/* union */.KCZ([valibot_dist/* boolean */.zMY(), schema_text], 'true, false or text such as mode=max'), 'Provenance attestation: true, false or its parameters, such as `mode=max`.'),
    sbom: described(valibot_dist/* union */.KCZ([valibot_dist/* boolean */.zMY(), schema_text], 'true, false or text such as generator=image'), 'SBOM attestation: true, false or its parameters.'),
    attests: described(list, 'Attestations as `type=…` lines.'),
    network: described(schema_text, 'Network of RUN instructions: `default`, `none` or `host`.'),
    'shm-size': described(valibot_dist/* union */.KCZ([schema_text, valibot_dist/* number */.aig()], 'a size such as 128m'), 'Size of /dev/shm, such as `128m`.'),
    'add-hosts': described(list, 'Host-to-IP mappings, such as `db:10.0.0.2`.'),
    ulimit: described(list, 'Ulimits, such as `nofile=1024:1024`.'),
    allow: described(list, 'Extra privileges of the build, such as `network.host`.'),
    'no-cache': described(valibot_dist/* boolean */.zMY('true or false'), 'Build without the layer cache.'),
    'no-cache-filters': described(list, 'Stages that are built without the layer cache.'),
    'cache-from': described(list, 'Further caches to read, such as `type=registry,ref=…`.'),
    'cache-to': described(list, 'Further caches to write, such as `type=registry,ref=…`.'),
    matrix: described(valibot_dist/* map */.TjK(valibot_dist/* string */.YjP(), valibot_dist/* unknown */.L5J(), 'a map'), "Keys copied into this service's entries of the output `matrix`."),
};
/** Keys that say what one service is: the same for several makes no sense. */
const PER_SERVICE_KEYS = ['context', 'file', 'image'];
/** Keys of the contract that come in a later version. */
const LATER_SERVICE_KEYS = [
    ...[
        'build-contexts',
        'secrets',
        'secret-envs',
        'secret-files',
        'bases',
        'needs',
        'paths',
        'ignore',
        'generated',
    ],
    ...['volatile-args', 'track-upstream', 'max-age', 'health', 'lockfiles', 'stage-of'],
];
const LATER_TOP_KEYS = ['reuse-pull-requests', 'bases', 'from'];
/** Up to 100 characters: names go into outputs, artifact names and cache scopes. */
const SERVICE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const service = valibot_dist/* strictObject */.rej(serviceEntries);
const configSchema = valibot_dist/* strictObject */.rej({
    registry: described(schema_text, 'Put before every image without a registry of its own, such as `ghcr.io/acme`.'),
    defaults: valibot_dist/* optional */.lqM(valibot_dist/* pipe */.FsL(valibot_dist/* nullable */.mee(valibot_dist/* omit */.cJW(service, PER_SERVICE_KEYS)), valibot_dist/* description */.h_('What every service says unless it says otherwise: maps are merged, other values replaced.'))),
    services: valibot_dist/* pipe */.FsL(valibot_dist/* map */.TjK(valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP(), valibot_dist/* regex */.yGV(SERVICE_NAME)), service), valibot_dist/* description */.h_('The images to build, by name.')),
});

;// CONCATENATED MODULE: ./src/config/section.ts




/**
 * Reads the values of a section, each in the shape that the schema gives its key, and adds to `failures` what is wrong
 * at the place where it is written. A key that is absent, or whose value is wrong, reads as `undefined` or empty.
 */
class SectionReader {
    #section;
    #failures;
    constructor(section, failures) {
        this.#section = section;
        this.#failures = failures;
    }
    value(key) {
        const entry = this.#section.entries.get(key);
        if (entry === undefined)
            return undefined;
        const asWritten = key === 'labels' || key === 'build-args';
        const result = valibot_dist/* safeParse */.xLC(serviceEntries[key], plainValue(entry.node, asWritten));
        if (result.success)
            return result.output;
        for (const issue of result.issues.flatMap(innermost)) {
            const steps = (issue.path ?? []).map((item) => item.key);
            const path = [this.#section.path, key, ...steps].join('.');
            this.#failures.push(shapeFailure(path, nodeAt(entry.node, steps), issue));
        }
        return undefined;
    }
    text(key) {
        const value = this.value(key);
        return value === undefined ? undefined : String(value);
    }
    checked(key, check) {
        const text = this.text(key);
        return text === undefined ? undefined : this.#take(check(text), key, []);
    }
    list(key, separator, check = (item) => ({ value: item })) {
        const value = this.value(key);
        if (value === undefined)
            return undefined;
        const items = typeof value === 'string' ? splitList(value, separator) : value.map((item) => item.trim());
        const checked = items.map((item, index) => this.#take(check(item), key, [index]));
        return checked.every((item) => item !== undefined) ? checked : undefined;
    }
    /** Name → value of a map or of KEY=VALUE lines; `check` may refuse names beyond what `pairName` does. */
    pairs(key, check) {
        const pairs = new Map();
        for (const { name, value, step } of this.#pairTexts(key)) {
            const valid = this.#take(pairName(name), key, [step]);
            if (valid === undefined || this.#take(check(name), key, [step]) === undefined)
                continue;
            const path = [this.#section.path, key, name].join('.');
            if (pairs.has(name))
                this.fail(key, `sets \`${name}\` twice`, [step]);
            pairs.set(name, { path, place: this.#place(key, [step]), value });
        }
        return pairs;
    }
    map(key) {
        const node = this.#section.entries.get(key)?.node;
        if (this.value(key) === undefined || node?.kind !== 'map')
            return [];
        return [...node.entries].map(([name, entry]) => [
            name,
            { path: [this.#section.path, key, name].join('.'), key: entry.place, node: entry.node },
        ]);
    }
    fail(key, problem, steps = []) {
        this.#failures.push(invalid(`\`${this.#section.path}.${key}\` ${problem}`, this.#place(key, steps)));
    }
    #pairTexts(key) {
        const value = this.value(key);
        if (value === undefined)
            return [];
        if (value instanceof Map) {
            return [...value].map(([name, item]) => ({
                name,
                value: item === null ? null : String(item),
                step: name,
            }));
        }
        const lines = typeof value === 'string' ? splitList(value, LINE) : value.map((line) => line.trim());
        return lines.map((line, index) => ({ ...splitPair(line), step: index }));
    }
    #take(checked, key, steps) {
        if ('value' in checked)
            return checked.value;
        this.#failures.push(invalid(`\`${this.#section.path}.${key}\`: ${checked.problem}`, this.#place(key, steps)));
        return undefined;
    }
    #place(key, steps) {
        const entry = this.#section.entries.get(key);
        if (entry === undefined)
            throw new Error(`\`${key}\` is not in the section`);
        return nodeAt(entry.node, steps).place;
    }
}
/** Of the ways in which no form of a value fits, those that come nearest: inside of a form whose outside fits. */
function innermost(issue) {
    const inside = (issue.issues ?? []).filter(({ path }) => path !== undefined);
    return inside.length > 0 ? inside.flatMap(innermost) : [issue];
}
function shapeFailure(path, node, issue) {
    const quotes = issue.expected === 'string' && node.kind === 'scalar' && node.value !== null && node.source !== '';
    const mend = quotes && typeof node.value !== 'string' ? '; put it in quotes' : '';
    return invalid(`\`${path}\` must be ${issue.message}, but is ${describe(node)}${mend}`, node.place);
}
function describe(node) {
    if (node.kind !== 'scalar')
        return `a ${node.kind}`;
    if (node.value === null || node.source === '')
        return 'empty';
    if (typeof node.value !== 'string')
        return node.source;
    return node.source.length > 40 ? 'text' : `the text "${node.source}"`;
}
/** Maps become `Map`, so that no name a person chose can meet a prototype. `asWritten`: numbers and booleans are text. */
function plainValue(node, asWritten) {
    if (node.kind === 'list')
        return node.items.map((item) => plainValue(item, asWritten));
    if (node.kind === 'map') {
        return new Map([...node.entries].map(([name, entry]) => [name, plainValue(entry.node, asWritten)]));
    }
    return asWritten && node.value !== null ? node.source : node.value;
}

;// CONCATENATED MODULE: ./src/config/settings.ts






/** Fields that this action writes itself into the entries of the output `matrix`. */
const MATRIX_FIELDS = ['service', 'action', 'fingerprint', 'reason', 'digest'];
const PLATFORM = /^[a-z\d]+\/[a-z\d_]+(?:\/[a-z\d.]+)?$/;
/** Reads the keys that `section` holds and adds to `failures` every value that is wrong. Unknown keys are not read. */
function readSettings(section, failures) {
    const reader = new SectionReader(section, failures);
    return {
        ...settings_withoutUndefined({
            context: reader.checked('context', folderPath),
            file: reader.checked('file', filePath),
            image: reader.checked('image', parseImage),
            tags: reader.list('tags', TAG_SEPARATOR),
        }),
        build: readBuild(reader),
        labels: new Map([...reader.pairs('labels', labelName)].map(([name, { value }]) => [name, value ?? ''])),
        buildArgs: readBuildArgs(reader, failures),
        matrix: readMatrix(reader, failures),
    };
}
function readBuild(reader) {
    return settings_withoutUndefined({
        target: reader.text('target'),
        platforms: readPlatforms(reader),
        annotations: reader.list('annotations', LINE),
        ssh: reader.list('ssh', LINE_OR_COMMA),
        provenance: reader.text('provenance'),
        sbom: reader.text('sbom'),
        attests: reader.list('attests', LINE),
        network: reader.text('network'),
        shmSize: reader.text('shm-size'),
        addHosts: reader.list('add-hosts', LINE_OR_COMMA),
        ulimit: reader.list('ulimit', LINE_OR_COMMA),
        allow: reader.list('allow', LINE_OR_COMMA),
        noCache: reader.value('no-cache'),
        noCacheFilters: reader.list('no-cache-filters', LINE_OR_COMMA),
        cacheFrom: reader.list('cache-from', LINE),
        cacheTo: reader.list('cache-to', LINE),
    });
}
function readPlatforms(reader) {
    const platforms = reader.list('platforms', LINE_OR_COMMA, platform);
    if (platforms?.length === 0)
        reader.fail('platforms', 'must name at least one platform; remove the key for the default');
    return platforms === undefined ? undefined : [...new Set(platforms)];
}
function platform(text) {
    if (PLATFORM.test(text))
        return { value: text };
    const mend = /^[a-z\d_]+$/.test(text) ? `; write \`linux/${text}\`` : '';
    return { problem: `\`${text}\` is not os/arch or os/arch/variant in small letters${mend}` };
}
function labelName(name) {
    if (!name.startsWith('smart-image-build.'))
        return { value: name };
    return {
        problem: `\`${name}\`: labels that start with smart-image-build. are reserved, they say what was built`,
    };
}
/** An argument without a value is that of the environment variable of its name, as for `docker build --build-arg NAME`. */
function readBuildArgs(reader, failures) {
    const args = new Map();
    for (const [name, { value, place, path }] of reader.pairs('build-args', (name) => ({ value: name }))) {
        const parsed = value === null ? { value: { parts: [{ name }], unbraced: [] } } : parseTemplate(value);
        if ('value' in parsed)
            args.set(name, { template: parsed.value, place });
        else
            failures.push(invalid(`\`${path}\`: ${parsed.problem}`, place));
    }
    return args;
}
function readMatrix(reader, failures) {
    const matrix = new Map();
    for (const [key, setting] of reader.map('matrix')) {
        if (MATRIX_FIELDS.includes(key)) {
            const others = MATRIX_FIELDS.join(', ');
            failures.push(invalid(`\`${setting.path}\`: the matrix has ${others} of its own; choose another name`, setting.key));
        }
        matrix.set(key, jsonValue(setting, failures));
    }
    return matrix;
}
/** Objects have no prototype, so that a key `__proto__` is a key like any other. */
function jsonValue({ node, path, key }, failures) {
    if (node.kind === 'list') {
        return node.items.map((item, index) => jsonValue({ node: item, path: `${path}.${index}`, key: item.place }, failures));
    }
    if (node.kind === 'map') {
        const object = Object.create(null);
        for (const [name, entry] of node.entries) {
            object[name] = jsonValue({ node: entry.node, path: `${path}.${name}`, key: entry.place }, failures);
        }
        return object;
    }
    if (typeof node.value === 'number' && String(node.value) !== node.source) {
        failures.push(invalid(`\`${path}\`: \`${node.source}\` would become the number ${node.value}; put it in quotes`, key));
    }
    return node.value;
}
function settings_withoutUndefined(fields) {
    const set = Object.entries(fields).filter(([, value]) => value !== undefined);
    return Object.fromEntries(set);
}

;// CONCATENATED MODULE: ./src/config/parse.ts








const TOP_KEYS = { allowed: ['registry', 'defaults', 'services'], later: LATER_TOP_KEYS, perService: [] };
const SERVICE_KEYS = { allowed: Object.keys(serviceEntries), later: LATER_SERVICE_KEYS, perService: [] };
const DEFAULTS_KEYS = {
    allowed: SERVICE_KEYS.allowed.filter((key) => !PER_SERVICE_KEYS.some((own) => own === key)),
    later: LATER_SERVICE_KEYS,
    perService: PER_SERVICE_KEYS,
};
const NO_SETTINGS = { build: {}, labels: new Map(), buildArgs: new Map(), matrix: new Map() };
/**
 * Understands a configuration; `file` only names it in places. Every failure is `config-invalid` with a place; all of
 * them are listed, in the order of the file, unless it is no YAML at all.
 */
function parseConfig(text, file) {
    const document = readDocument(text, file);
    const failures = [...document.failures];
    const config = document.root === undefined ? undefined : readConfig(document.root, failures);
    const [first, ...more] = inOrder(failures);
    if (first !== undefined)
        return (0,model_failure/* failed */.gz)(first, ...more);
    if (config === undefined)
        throw new Error('A configuration that cannot be read has failures');
    return (0,model_failure.ok)(config);
}
function readConfig(root, failures) {
    if (root.kind !== 'map') {
        const found = root.kind === 'scalar' && root.value === null
            ? 'the configuration is empty'
            : `the configuration must be a map, but is ${describe(root)}`;
        failures.push(invalid(`${found}; it needs at least \`services:\` with one service`, root.place));
        return undefined;
    }
    failures.push(...keyFailures(root.entries, TOP_KEYS));
    const registry = readRegistry(root.entries.get('registry'), failures);
    const defaults = readDefaults(root.entries.get('defaults'), failures);
    const services = readServices(root, failures);
    return { ...(registry === undefined ? {} : { registry }), defaults, services };
}
function readRegistry(entry, failures) {
    if (entry === undefined)
        return undefined;
    const { node } = entry;
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') {
        failures.push(invalid(`\`registry\` must be text such as ghcr.io/acme, but is ${describe(node)}`, node.place));
        return undefined;
    }
    const checked = parseRegistry(node.value);
    if ('value' in checked)
        return checked.value;
    failures.push(invalid(`\`registry\`: ${checked.problem}`, node.place));
    return undefined;
}
function readDefaults(entry, failures) {
    if (entry === undefined || isEmpty(entry.node))
        return NO_SETTINGS;
    const { node } = entry;
    if (node.kind !== 'map') {
        failures.push(invalid(`\`defaults\` must be a map, but is ${describe(node)}`, node.place));
        return NO_SETTINGS;
    }
    failures.push(...keyFailures(node.entries, DEFAULTS_KEYS));
    const understood = [...node.entries].filter(([key]) => DEFAULTS_KEYS.allowed.includes(key));
    return readSettings({ path: 'defaults', entries: new Map(understood) }, failures);
}
function readServices(root, failures) {
    const entry = root.entries.get('services');
    const node = entry?.node;
    if (node?.kind !== 'map' || node.entries.size === 0) {
        const found = node === undefined
            ? 'is missing'
            : `must be a map of names to services, but is ${node.kind === 'map' ? 'an empty one' : describe(node)}`;
        failures.push(invalid(`\`services\` ${found}; name at least one service`, entry?.place ?? root.place));
        return [];
    }
    return [...node.entries].flatMap(([name, service]) => readService(name, service, failures) ?? []);
}
function readService(name, { place, node }, failures) {
    const path = `services.${name}`;
    const isNamed = SERVICE_NAME.test(name);
    if (!isNamed) {
        const rule = 'letters, digits, `.`, `_` and `-`, a letter or digit first, at most 100 characters';
        failures.push(invalid(`\`${name}\` is not a valid name of a service: ${rule}`, place));
    }
    if (node.kind !== 'map' && !isEmpty(node)) {
        failures.push(invalid(`\`${path}\` must be a map with at least \`context\`, but is ${describe(node)}`, node.place));
        return undefined;
    }
    const entries = node.kind === 'map' ? node.entries : new Map();
    failures.push(...keyFailures(entries, SERVICE_KEYS));
    const settings = readSettings({ path, entries }, failures);
    if (!entries.has('context')) {
        const mend = `say which folder it is built from, such as \`context: ${name}\`, or \`context: .\` for the root`;
        failures.push(invalid(`\`${path}\` has no \`context\`; ${mend}`, place));
    }
    const image = isNamed && !entries.has('image') ? imageOfName(name, place, failures) : settings.image;
    const { context } = settings;
    if (context === undefined || image === undefined)
        return undefined;
    return { name, place, context, file: settings.file ?? joinPath(context, 'Dockerfile'), image, settings };
}
function imageOfName(name, place, failures) {
    const checked = parseImage(name);
    if ('value' in checked)
        return checked.value;
    failures.push(invalid(`${checked.problem}; rename the service or give it an \`image\``, place));
    return undefined;
}
function isEmpty(node) {
    return node.kind === 'scalar' && node.value === null;
}
/** By place; an anchored value that is wrong in the same way wherever it is used is listed once. */
function inOrder(failures) {
    const sorted = failures.toSorted((a, b) => position(a) - position(b));
    return [...new Map(sorted.map((failure) => [JSON.stringify(failure), failure])).values()];
}
function position(failure) {
    return failure.kind === 'config-invalid' && failure.place
        ? failure.place.line * 1e6 + failure.place.column
        : 0;
}

;// CONCATENATED MODULE: ./src/pipeline/job.ts
function notify(run, notice) {
    run.notices.push(notice);
    run.ports.host.notice(notice);
}

;// CONCATENATED MODULE: ./src/pipeline/load.ts





/** Where the configuration is looked for when no input names it, in this order. */
const CONFIG_PATHS = ['.github/smart-image-build.yml', 'smart-image-build.yml'];
/** The services of the configuration, else those that the repository's Dockerfiles make. */
async function loadServices(run) {
    const found = await load_readConfig(run);
    if (!found.ok)
        return found;
    const services = found.value === undefined ? await discovered(run) : configured(run, found.value);
    if (!services.ok)
        return services;
    return run.request.push ? load_withRegistry(services.value, found.value?.path) : services;
}
async function load_readConfig(run) {
    const { config } = run.request;
    for (const path of config === undefined ? CONFIG_PATHS : [config]) {
        const text = await run.ports.git.read(path);
        if (!text.ok)
            return text;
        if (text.value !== undefined)
            return (0,model_failure.ok)({ path, text: text.value });
    }
    if (config === undefined)
        return (0,model_failure.ok)(undefined);
    const message = `configuration \`${config}\` does not exist; \`config\` is a path from the repository root`;
    return (0,model_failure/* failed */.gz)({ kind: 'usage', message });
}
function configured(run, file) {
    const config = parseConfig(file.text, file.path);
    if (!config.ok)
        return config;
    const { variables } = run.job.context;
    const resolved = resolveConfig(config.value, { registry: run.request.registry, variables });
    if (!resolved.ok)
        return resolved;
    for (const notice of resolved.value.notices)
        notify(run, notice);
    return (0,model_failure.ok)(resolved.value.services);
}
async function discovered(run) {
    const files = await run.ports.git.files();
    if (!files.ok)
        return files;
    const { rootName } = run.job;
    const resolved = discoverServices(files.value, { rootName, registry: run.request.registry });
    if (!resolved.ok)
        return resolved;
    for (const notice of resolved.value.notices)
        notify(run, notice);
    return (0,model_failure.ok)(resolved.value.services);
}
/** Whoever pushes must say where to: Docker would take a name without a registry for Docker Hub's. */
function load_withRegistry(services, file) {
    const homeless = services.filter((service) => service.image.registry === undefined);
    const [first] = homeless;
    if (first === undefined)
        return (0,model_failure.ok)(services);
    const names = homeless.map((service) => `\`${service.name}\``).join(', ');
    const where = file === undefined
        ? '`registry` (input or flag)'
        : `\`registry:\` in ${file}, or input or flag \`registry\``;
    const message = `push needs a registry for ${names}; set ${where}, such as \`ghcr.io/acme\``;
    const failure = { kind: 'config-invalid', message, ...(first.place && { place: first.place }) };
    return (0,model_failure/* failed */.gz)(failure);
}

;// CONCATENATED MODULE: ./src/plan/diff.ts
/**
 * What differs between two fingerprint documents, section by section; empty when nothing does. A new format says
 * nothing about the sections, so it stands alone.
 */
function diff(before, after) {
    if (before.format !== after.format)
        return [{ kind: 'format' }];
    const reasons = [];
    if (before.definition !== after.definition)
        reasons.push({ kind: 'dockerfile' });
    if (before.files !== after.files)
        reasons.push({ kind: 'files' });
    const names = differingKeys(before.buildArgs, after.buildArgs);
    if (names.length > 0)
        reasons.push({ kind: 'build-args', names });
    const options = differingKeys(before.options, after.options);
    if (options.length > 0)
        reasons.push({ kind: 'options', names: options });
    return reasons;
}
function differingKeys(a, b) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].filter((key) => a[key] !== b[key]).sort();
}

;// CONCATENATED MODULE: ./src/plan/decide.ts


/** The decision with its reasons. Pure: the same case gives the same plan. Doubt never ends in `reuse`. */
function decide(of) {
    const { service, fingerprint, record } = of;
    const decision = decisionOf(of);
    const shared = { service, fingerprint, decision, ...(record && { record }) };
    return { ...shared, changed: isChanged(decision, of) };
}
function decisionOf(of) {
    if (!of.requested)
        return { kind: 'skip' };
    if (isForced(of))
        return { kind: 'rebuild', reasons: [{ kind: 'forced' }] };
    const reuse = reuseOf(of);
    return reuse ?? { kind: 'rebuild', reasons: reasonsOf(of) };
}
function isForced({ force, service }) {
    return force.kind === 'all' || (force.kind === 'names' && force.names.includes(service.name));
}
/** The engine where that is enough, the record's digest if it still exists, the fingerprint's tag, then nothing. */
function reuseOf(of) {
    const { recorded, tagged, local } = of.facts;
    if (of.delivery === 'load' && local?.kind === 'exists')
        return { kind: 'reuse', found: 'engine' };
    if (recorded?.kind === 'exists')
        return { kind: 'reuse', found: 'record', digest: recorded.digest };
    if (tagged?.kind === 'exists')
        return { kind: 'reuse', found: 'registry', digest: tagged.digest };
    if (!matches(of))
        return undefined;
    if (of.delivery === 'none')
        return { kind: 'reuse', found: 'record' };
    // Nothing is rebuilt for an outage: pointing the tags asks the registry again, and fails red if it still errs.
    const digest = recorded?.kind === 'unknown' && tagged?.kind !== 'missing' ? of.record?.digest : undefined;
    return of.delivery === 'push' && digest !== undefined
        ? { kind: 'reuse', found: 'record', digest }
        : undefined;
}
/** The record, if it is of this very repository: another one's tells nothing of this image. */
function ownRecord({ record, service }) {
    return record?.image === (0,model_service/* fullName */.f)(service.image) ? record : undefined;
}
/** Whether the record speaks of this very content. */
function matches(of) {
    return ownRecord(of)?.fingerprint === of.fingerprint.digest;
}
function reasonsOf(of) {
    const record = ownRecord(of);
    if (record === undefined) {
        const since = of.baseline === undefined ? [] : diff(of.baseline.document, of.fingerprint.document);
        return since.length > 0 ? since : [{ kind: 'no-record' }];
    }
    const reasons = diff(record.document, of.fingerprint.document);
    if (reasons.length > 0)
        return reasons;
    // What was only built before was never there.
    const wasPushed = of.delivery !== 'push' || record.digest !== undefined;
    return [{ kind: wasPushed ? 'image-missing' : 'no-record' }];
}
/** A push goes by the digest that was delivered last, all other runs by the content; nothing delivered is changed. */
function isChanged(decision, of) {
    switch (decision.kind) {
        case 'skip':
            return false;
        case 'rebuild':
            return true;
        case 'reuse': {
            const delivered = ownRecord(of)?.delivered;
            if (delivered === undefined && of.baseline !== undefined) {
                return of.baseline.digest !== of.fingerprint.digest;
            }
            return of.delivery === 'push'
                ? decision.digest !== delivered?.digest
                : delivered?.fingerprint !== of.fingerprint.digest;
        }
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/state/decode.ts


const VERSION = 1;
const HEADER = 'smart-image-build-state';
const hex = (digits) => valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP(), valibot_dist/* regex */.yGV(new RegExp(`^[0-9a-f]{${digits}}$`)));
const texts = valibot_dist/* record */.g1P(valibot_dist/* string */.YjP(), valibot_dist/* string */.YjP());
const digest = valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP(), valibot_dist/* regex */.yGV(/^sha256:[0-9a-f]{64}$/));
const record = valibot_dist/* strictObject */.rej({
    service: valibot_dist/* string */.YjP(),
    image: valibot_dist/* string */.YjP(),
    fingerprint: hex(64),
    document: valibot_dist/* strictObject */.rej({
        format: valibot_dist/* number */.aig(),
        definition: hex(64),
        files: hex(64),
        buildArgs: texts,
        options: texts,
    }),
    digest: valibot_dist/* exactOptional */.yqP(digest),
    delivered: valibot_dist/* exactOptional */.yqP(valibot_dist/* strictObject */.rej({ fingerprint: hex(64), digest: valibot_dist/* exactOptional */.yqP(digest) })),
    commit: valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP(), valibot_dist/* regex */.yGV(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/)),
    runId: valibot_dist/* string */.YjP(),
    durationMs: valibot_dist/* exactOptional */.yqP(valibot_dist/* number */.aig()),
    recordedAt: valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP(), valibot_dist/* isoTimestamp */.yhX()),
});
const schema = valibot_dist/* strictObject */.rej({ scope: valibot_dist/* string */.YjP(), records: valibot_dist/* array */.YOg(record) });
/**
 * The stored form: a line with version and sha256 of the rest, then JSON. A text that was cut, garbled or written by
 * another version is refused whole.
 */
function encodeState(state) {
    const body = JSON.stringify(state);
    return `${HEADER} ${VERSION} ${sha256(body)}\n${body}`;
}
/** Strict: what is not exactly what `encodeState` writes for this scope is a problem, never half a state. */
function decodeState(text, scope) {
    const end = text.indexOf('\n');
    const [header, version, checksum] = text.slice(0, Math.max(end, 0)).split(' ');
    const body = text.slice(end + 1);
    if (header !== HEADER)
        return { problem: 'it is not a state file' };
    if (version !== String(VERSION))
        return { problem: `its version ${version ?? ''} is not ${VERSION}` };
    if (checksum !== sha256(body))
        return { problem: 'it is damaged' };
    let value;
    try {
        value = JSON.parse(body);
    }
    catch {
        return { problem: 'it is not JSON' };
    }
    const parsed = valibot_dist/* safeParse */.xLC(schema, value);
    if (!parsed.success)
        return { problem: `it is malformed at ${valibot_dist/* getDotPath */.BuJ(parsed.issues[0]) ?? 'the top'}` };
    if (parsed.output.scope !== scope)
        return { problem: 'it belongs to another scope' };
    return { state: parsed.output };
}
function sha256(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text, 'utf8').digest('hex');
}

;// CONCATENATED MODULE: ./src/state/merge.ts
/**
 * The state with a success added: of each service stay its newest record and the newest one of another run, which a
 * re-run of this run falls back to.
 */
function merge(state, record) {
    const others = state.records.filter((old) => old.service !== record.service);
    const before = state.records.find((old) => old.service === record.service && old.runId !== record.runId);
    return { scope: state.scope, records: [...others, record, ...(before ? [before] : [])] };
}
/** Per service the newest record that another run wrote: a re-run must see what its first attempt saw. */
function recordsBefore(state, runId) {
    const records = new Map();
    for (const record of state.records) {
        if (record.runId !== runId && !records.has(record.service))
            records.set(record.service, record);
    }
    return records;
}

;// CONCATENATED MODULE: ./src/pipeline/record.ts





/** Adds successes to the state and stores it after each, one store at a time. */
class Recorder {
    #run;
    /** Services that this very attempt has recorded. */
    #recorded = new Set();
    #state;
    #stored = Promise.resolve();
    #isBroken = false;
    constructor(state, run) {
        this.#state = state;
        this.#run = run;
    }
    /** Records what exists now; it counts as delivered only with `complete`. */
    async add(outcome) {
        const record = this.#recordOf(outcome);
        if (record === undefined)
            return;
        this.#recorded.add(record.service);
        this.#state = merge(this.#state, record);
        await this.#store();
    }
    /** The run came to its end: all that it recorded is offered for deployment. */
    async complete() {
        if (this.#recorded.size === 0)
            return;
        const { runId } = this.#run.job.context;
        const records = this.#state.records.map((record) => record.runId === runId && this.#recorded.has(record.service) ? this.#delivered(record) : record);
        this.#state = { ...this.#state, records };
        await this.#store();
    }
    #delivered(record) {
        // What a run without push offers is in no registry: the digest stays that of the last push.
        const digest = this.#run.request.push ? record.digest : record.delivered?.digest;
        return {
            ...record,
            delivered: { fingerprint: record.fingerprint, ...(digest !== undefined && { digest }) },
        };
    }
    async #store() {
        const text = encodeState(this.#state);
        this.#stored = this.#stored.then(() => this.#save(text));
        await this.#stored;
    }
    async #save(text) {
        if (this.#isBroken)
            return;
        const problem = await this.#run.ports.store.save(this.#state.scope, text);
        if (problem === undefined)
            return;
        this.#isBroken = true;
        notify(this.#run, { message: `What was built could not be recorded: ${problem}` });
    }
    #recordOf(outcome) {
        if (outcome.kind !== 'built' && outcome.kind !== 'reused')
            return undefined;
        const { job, ports, request } = this.#run;
        const { image, digest } = outcome;
        const before = ownRecord(image);
        const durationMs = outcome.kind === 'built' ? outcome.durationMs : before?.durationMs;
        // A run that does not push leaves standing what an earlier one pushed of this content.
        const pushed = request.push ? digest : matches(image) ? before?.digest : undefined;
        return {
            service: image.service.name,
            image: (0,model_service/* fullName */.f)(image.service.image),
            fingerprint: image.fingerprint.digest,
            document: image.fingerprint.document,
            commit: ports.git.head,
            runId: job.context.runId,
            recordedAt: new Date(ports.clock.now()).toISOString(),
            ...(pushed !== undefined && { digest: pushed }),
            ...(before?.delivered && { delivered: before.delivered }),
            ...(durationMs !== undefined && { durationMs }),
        };
    }
}

;// CONCATENATED MODULE: ./src/pipeline/build.ts







/** Checks all that could stop the builds, then carries the plan out and records each success as it comes. */
async function buildPlan(planned, run) {
    const uncommitted = await uncommittedOf(planned, run);
    if (!uncommitted.ok)
        return uncommitted;
    if (uncommitted.value.length > 0 && !run.request.allowDirty)
        return (0,model_failure/* failed */.gz)(dirty(uncommitted.value));
    const tags = tagsOf(planned, { run, isDirty: uncommitted.value.length > 0 });
    if (!tags.ok)
        return tags;
    const rebuilds = planned.plan.images.filter((image) => image.decision.kind === 'rebuild');
    if (rebuilds.length > 0) {
        const available = await run.ports.builder.available(run.request.builder);
        if (!available.ok)
            return available;
    }
    const display = { color: run.job.color, width: nameWidth(planned.plan) };
    const recorder = new Recorder(planned.state, run);
    const { context, signal } = run.job;
    const outcomes = await execute(planned.plan, {
        request: run.request,
        provenance: {
            revision: revisionOf(run, planned.plan),
            builtAt: new Date(run.ports.clock.now()).toISOString(),
            platforms: [context.defaultPlatform],
            ...(context.repositoryUrl !== undefined && { sourceUrl: context.repositoryUrl }),
        },
        tags: tags.value,
        ...run.ports,
        signal,
        on: (event) => {
            show(event, eventLine(event, display), run.ports.host);
        },
        record: (outcome) => recorder.add(outcome),
    });
    // What an interrupted run offers is deployed by nobody, so the next run offers it again.
    if (!signal.aborted)
        await recorder.complete();
    return (0,model_failure.ok)(outcomes);
}
/** In a pull request the head that its author knows, not the merge that GitHub made for the run. */
function revisionOf(run, plan) {
    const { trigger } = run.job.context;
    return trigger.kind === 'pull-request' ? trigger.head : plan.commit;
}
/** What a push from a terminal would publish without a commit that holds it: inputs, Dockerfiles, configuration. */
async function uncommittedOf({ plan, snapshot }, run) {
    const { request, job, ports } = run;
    if (!request.push || job.context.trigger.kind !== 'terminal')
        return (0,model_failure.ok)([]);
    const services = plan.images
        .filter(({ decision }) => decision.kind !== 'skip')
        .map(({ service }) => service);
    const definitions = services.flatMap((service) => [service.file, ...ignoreFilePaths(service)]);
    const configs = request.config === undefined ? CONFIG_PATHS : [request.config];
    const changed = await ports.git.uncommitted([...new Set([...definitions, ...configs])]);
    if (!changed.ok)
        return changed;
    const inputs = snapshot.uncommitted.filter((path) => services.some((service) => isInput(service, path, snapshot.texts)));
    return (0,model_failure.ok)([...new Set([...inputs, ...changed.value])]);
}
/** Service → tags; all failures at once. A push of uncommitted files moves no tag that others look at. */
function tagsOf({ plan }, { run, isDirty }) {
    const { request, job } = run;
    const { trigger, ref } = job.context;
    const facts = {
        commit: revisionOf(run, plan),
        ...(ref !== undefined && { ref }),
        ...(trigger.kind === 'pull-request' && { pullRequest: trigger.number }),
    };
    const failures = [];
    const tags = new Map();
    for (const { service } of plan.images) {
        const resolved = resolveTags([...request.tags, ...service.tags], facts);
        if (resolved.ok)
            tags.set(service.name, isDirty ? [] : resolved.value);
        else
            failures.push(...resolved.failures.filter((one) => !failures.some((other) => other.message === one.message)));
    }
    return (0,model_failure/* unless */.NJ)(failures, tags);
}
function dirty(paths) {
    const shown = paths
        .slice(0, 5)
        .map((path) => JSON.stringify(path))
        .join(', ');
    const rest = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
    const message = `images would hold what no commit has (${shown}${rest}); commit it or list it in .dockerignore, or push with --allow-dirty`;
    return { kind: 'usage', message };
}
function show(event, line, host) {
    if (line === undefined)
        return;
    if (event.kind === 'build-progress' && event.isOutput)
        host.detail(line);
    else
        host.progress(line);
}

// EXTERNAL MODULE: ./node_modules/picomatch/index.js
var picomatch = __webpack_require__(4006);
var picomatch_default = /*#__PURE__*/__webpack_require__.n(picomatch);
;// CONCATENATED MODULE: ./src/config/select.ts



/**
 * Names of the services that names and globs ask for; all of them when nothing is asked. `usage` for a name or glob
 * that fits none, since a mistyped name must not mean "nothing to do". `input` is named in that message.
 */
function select_select(services, asked, input) {
    const names = services.map((service) => service.name);
    if (asked.length === 0)
        return (0,model_failure.ok)(new Set(names));
    const selected = new Set();
    const failures = [];
    for (const pattern of asked) {
        // A list takes in; what a `!` would take out depends on its place, and alone it would ask for everything.
        const isMatch = pattern.startsWith('!') ? () => false : picomatch_default()(pattern);
        const found = names.filter((name) => name === pattern || isMatch(name));
        if (found.length === 0)
            failures.push({ kind: 'usage', message: unknown(pattern, names, input) });
        for (const name of found)
            selected.add(name);
    }
    return (0,model_failure/* unless */.NJ)(failures, selected);
}
function unknown(pattern, names, input) {
    const near = closest(pattern, names);
    const mend = near === undefined ? `the services are ${names.join(', ')}` : `did you mean \`${near}\`?`;
    return `${input}: there is no service \`${pattern}\`; ${mend}`;
}

;// CONCATENATED MODULE: ./src/fingerprint/encode.ts

/**
 * Version of the fingerprint document and of its encoding. A new one rebuilds every image of every user, so it comes
 * only with a major release and with a line here.
 *
 * 1: whole Dockerfile, whole context minus ignore rules, build arguments, options.
 */
const FORMAT_VERSION = 1;
/**
 * sha256 in hex over a list of strings, each preceded by its length in UTF-8 bytes: no two different lists have the
 * same bytes, whatever the strings hold.
 */
function digestOf(parts) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for (const part of parts) {
        const bytes = Buffer.from(part, 'utf8');
        hash.update(`${bytes.length}:`);
        hash.update(bytes);
    }
    return hash.digest('hex');
}
/** Digest of a map, independent of the order of its keys; keys compare by code unit, so no locale has a say. */
function digestOfMap(map) {
    return digestOf(sortedEntries(map).flat());
}
/** Order by code unit, for `sort`. */
function compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** Entries of a map in code unit order of their keys. */
function sortedEntries(map) {
    return Object.entries(map).sort(([a], [b]) => compareText(a, b));
}

;// CONCATENATED MODULE: ./src/fingerprint/compute.ts





/**
 * Fingerprint of one service from what was gathered: the same snapshot gives the same digest, on any machine.
 * `config-invalid` when the Dockerfile or the context is not there, or an ignore file cannot be understood.
 */
function compute(service, snapshot, platforms) {
    const entries = snapshot.contexts.get(service.context) ?? [];
    if (entries.length === 0) {
        const message = `context \`${service.context || '.'}\` has no files; set \`context:\` to a folder of the repository`;
        return compute_invalid(service, message);
    }
    const dockerfile = snapshot.texts.get(service.file);
    if (dockerfile === undefined) {
        return compute_invalid(service, `Dockerfile \`${service.file}\` does not exist; set \`file:\` to its path from the repository root`);
    }
    const rules = ignoreRulesOf(service, snapshot.texts);
    if (!rules.ok)
        return rules;
    const files = entries.filter((entry) => !rules.value.drops(entry.path));
    const document = {
        format: FORMAT_VERSION,
        definition: digestOf([dockerfile, service.build.target ?? '']),
        files: filesDigest(files),
        buildArgs: Object.fromEntries(sortedEntries(service.build.buildArgs).map(([name, value]) => [name, compute_sha256(value)])),
        options: optionsSection(service.build, platforms),
    };
    return (0,model_failure.ok)({ document, digest: documentDigest(document), fileCount: files.length });
}
/** The digest that a document stands for; equal documents have equal digests, whatever the order of their keys. */
function documentDigest(document) {
    return digestOf([
        ...['format', String(document.format)],
        ...['definition', document.definition],
        ...['files', document.files],
        ...['build-args', digestOfMap(document.buildArgs)],
        ...['options', digestOfMap(document.options)],
    ]);
}
/** Order of paths is by code unit; the caller's order does not count. */
function filesDigest(files) {
    const sorted = files.toSorted((a, b) => compareText(a.path, b.path));
    return digestOf(sorted.flatMap((entry) => [entry.mode, entry.path, entry.id]));
}
function optionsSection(build, platforms) {
    const all = {
        platforms: compute_list(build.platforms ?? platforms),
        labels: map(build.labels),
        annotations: compute_list(build.annotations),
        provenance: build.provenance,
        sbom: build.sbom,
        attests: compute_list(build.attests),
        network: build.network,
        'shm-size': build.shmSize,
        'add-hosts': compute_list(build.addHosts),
        ulimit: compute_list(build.ulimit),
        allow: compute_list(build.allow),
        // `id=path`: which socket or key stands behind an id is the machine's business.
        ssh: compute_list(build.ssh.map((entry) => entry.split('=')[0] ?? entry)),
    };
    const set = sortedEntries(all).filter((entry) => entry[1] !== undefined);
    return Object.fromEntries(set);
}
function compute_list(values) {
    return values.length === 0 ? undefined : JSON.stringify(values);
}
function map(values) {
    const entries = sortedEntries(values);
    return entries.length === 0 ? undefined : JSON.stringify(entries);
}
function compute_sha256(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text, 'utf8').digest('hex');
}
function compute_invalid(service, problem) {
    const message = `service \`${service.name}\`: ${problem}`;
    return (0,model_failure/* failed */.gz)({ kind: 'config-invalid', message, ...(service.place && { place: service.place }) });
}

;// CONCATENATED MODULE: ./src/fingerprint/gather.ts




/**
 * Reads all that the services' fingerprints need, with a number of git processes that does not grow with the number
 * of services. Where the disk differs from HEAD, the disk counts, as BuildKit takes its context from there.
 */
async function gather(services, git) {
    const texts = await readTexts(services, git);
    if (!texts.ok)
        return texts;
    const folders = [...new Set(services.map((service) => service.context))];
    const committed = await git.committed(folders);
    if (!committed.ok)
        return committed;
    const problem = linkedContext(services, committed.value);
    if (problem !== undefined)
        return problem;
    const links = committed.value.filter((entry) => entry.mode === '160000').map((entry) => entry.path);
    const differing = await git.differing(folders, links);
    if (!differing.ok)
        return differing;
    const wanted = takenBySome(services, texts.value, differing.value);
    if (!wanted.ok)
        return wanted;
    const onDisk = await git.onDisk(wanted.value);
    if (!onDisk.ok)
        return onDisk;
    const replaced = new Set(differing.value);
    // A submodule's entry gives way to the files that lie in it; one without files keeps its commit.
    const submodules = new Set(links.filter((path) => onDisk.value.some((entry) => entry.path.startsWith(`${path}/`))));
    const kept = committed.value.filter((entry) => !replaced.has(entry.path) && !submodules.has(entry.path));
    const all = [...kept, ...onDisk.value];
    const uncommitted = wanted.value.filter((path) => !isInSubmodule(path, submodules));
    return (0,model_failure.ok)({ commit: git.head, contexts: byContext(folders, all), texts: texts.value, uncommitted });
}
/**
 * Reads an earlier commit from object ids alone, so that a clone without its files will do. A service whose Dockerfile
 * or ignore file was another one then, or is not committed now, is left out.
 */
async function gatherEarlier(services, of) {
    const { git, commit, now } = of;
    const folders = [...new Set(services.map((service) => service.context))];
    const paths = [...new Set(services.flatMap((service) => [service.file, ...ignoreFilePaths(service)]))];
    const [before, after, uncommitted] = await Promise.all([
        git.committed([...folders, ...paths], commit),
        git.committed(paths),
        git.uncommitted(paths),
    ]);
    if (!before.ok)
        return before;
    if (!after.ok)
        return after;
    if (!uncommitted.ok)
        return uncommitted;
    const idsBefore = new Map(before.value.map((entry) => [entry.path, entry.id]));
    const idsAfter = new Map(after.value.map((entry) => [entry.path, entry.id]));
    const other = new Set(uncommitted.value);
    for (const path of paths)
        if (idsBefore.get(path) !== idsAfter.get(path))
            other.add(path);
    const same = services.filter((service) => [service.file, ...ignoreFilePaths(service)].every((path) => !other.has(path)));
    const contexts = byContext(folders, before.value);
    return (0,model_failure.ok)({ snapshot: { commit, contexts, texts: now.texts, uncommitted: [] }, services: same });
}
async function readTexts(services, git) {
    const folders = new Map();
    for (const service of services) {
        const [beside, inContext] = ignoreFilePaths(service);
        folders.set(inContext, service.context);
        const folder = (0,posix_.dirname)(service.file);
        for (const path of [service.file, beside])
            folders.set(path, folder === '.' ? '' : folder);
    }
    const texts = new Map();
    for (const [path, folder] of folders) {
        const text = await git.read(path, folder);
        if (!text.ok)
            return text;
        if (text.value !== undefined)
            texts.set(path, text.value);
    }
    return (0,model_failure.ok)(texts);
}
/** Only what at least one service's context takes is hashed: a `node_modules` that every image ignores is not read. */
function takenBySome(services, texts, paths) {
    const wanted = new Set();
    for (const service of services) {
        const rules = ignoreRulesOf(service, texts);
        if (!rules.ok)
            return rules;
        for (const path of paths)
            if (takes(service, rules.value, path))
                wanted.add(path);
    }
    return (0,model_failure.ok)([...wanted]);
}
function isInSubmodule(path, submodules) {
    return [...submodules].some((submodule) => path.startsWith(`${submodule}/`));
}
/** BuildKit follows a link to its context, git does not: such a context would look empty for ever. */
function linkedContext(services, entries) {
    const links = new Set(entries.filter((entry) => entry.mode === '120000').map((entry) => entry.path));
    const service = services.find((candidate) => links.has(candidate.context));
    if (service === undefined)
        return undefined;
    const message = `service \`${service.name}\`: context \`${service.context}\` is a link; name the folder it points to`;
    return (0,model_failure/* failed */.gz)({ kind: 'config-invalid', message, ...(service.place && { place: service.place }) });
}
/** Each context's files, with paths relative to it, sorted; one pass whatever the number of contexts. */
function byContext(folders, entries) {
    const contexts = new Map(folders.map((folder) => [folder, []]));
    const sorted = entries.toSorted((a, b) => compareText(a.path, b.path));
    for (const entry of sorted) {
        contexts.get('')?.push(entry);
        for (let slash = entry.path.indexOf('/'); slash !== -1; slash = entry.path.indexOf('/', slash + 1)) {
            contexts.get(entry.path.slice(0, slash))?.push({ ...entry, path: entry.path.slice(slash + 1) });
        }
    }
    return contexts;
}

;// CONCATENATED MODULE: ./src/plan/probe.ts




/** How many services' questions are under way at once. */
const BOUND = 16;
/**
 * Asks where images of these fingerprints exist. Nothing is asked for a service that is not requested. An answer that
 * does not come is `unknown`; only a registry that wants credentials and an engine that is not there are failures.
 */
async function probe(questions, places) {
    const requested = questions.filter((question) => question.requested);
    const local = places.engine ? await places.engine.find(requested.map(reference)) : undefined;
    if (local?.ok === false)
        return local;
    const facts = [];
    for (let start = 0; start < questions.length; start += BOUND) {
        const batch = questions.slice(start, start + BOUND);
        const answers = await Promise.all(batch.map((question) => askRegistry(question, places.registry)));
        for (const [index, answer] of answers.entries()) {
            if (!answer.ok)
                return answer;
            const here = local?.value.get(reference(batch[index]));
            facts.push({ ...answer.value, ...(here && { local: here }) });
        }
    }
    return (0,model_failure.ok)(facts);
}
/** The complete reference under which an image of the question's fingerprint is kept. */
function reference(question) {
    return `${(0,model_service/* fullName */.f)(question.service.image)}:${fingerprintTag(question.fingerprint.digest)}`;
}
async function askRegistry(question, registry) {
    const { image } = question.service;
    if (registry === undefined || image.registry === undefined || !question.requested)
        return (0,model_failure.ok)({});
    const digest = matches(question) ? question.record?.digest : undefined;
    const find = (reference) => findOrDoubt(question, { registry, reference });
    const recorded = digest === undefined ? undefined : await find(digest);
    if (recorded?.ok === false)
        return recorded;
    if (recorded?.value.kind === 'exists')
        return (0,model_failure.ok)({ recorded: recorded.value });
    // A registry that did not answer is not asked the next question, too: each may take until its time is up.
    if (recorded?.value.kind === 'unknown')
        return (0,model_failure.ok)({ recorded: recorded.value, tagged: recorded.value });
    const tagged = await find(fingerprintTag(question.fingerprint.digest));
    if (!tagged.ok)
        return tagged;
    const facts = { tagged: tagged.value };
    if (recorded)
        facts.recorded = recorded.value;
    return (0,model_failure.ok)(facts);
}
/** Only who pushes needs rights in the registry; for all others a refusal leaves the question open. */
async function findOrDoubt(question, at) {
    const found = await at.registry.find(question.service.image, at.reference);
    if (found.ok || question.delivery === 'push')
        return found;
    return (0,model_failure.ok)({ kind: 'unknown', problem: found.failures.map((failure) => failure.message).join('; ') });
}

;// CONCATENATED MODULE: ./src/plan/range.ts
/** How many paths a reason names. */
const SHOWN = 20;
/**
 * The commit before the event, when it is at hand or can be fetched; `undefined` when it cannot be found. It only
 * explains: a decision never waits for it or depends on it.
 */
async function eventBase(request, context, git) {
    const base = request.baseRef ?? (await fromTrigger(context, git));
    const commit = base === undefined ? undefined : await git.obtain(base);
    // Nothing differs from itself: on the default branch the merge-base says nothing.
    return commit === git.head ? undefined : commit;
}
async function fromTrigger(context, git) {
    const { trigger, defaultBranch } = context;
    switch (trigger.kind) {
        case 'push':
            return (trigger.before && (await git.obtain(trigger.before))) ?? branchPoint(defaultBranch, git);
        case 'pull-request':
            return (await git.mergedInto()) ?? (await git.mergeBase(trigger.base));
        case 'merge-group':
            return trigger.base;
        case 'terminal':
            return branchPoint(defaultBranch, git);
        case 'tag':
        case 'other':
            return undefined;
    }
}
async function branchPoint(defaultBranch, git) {
    return git.mergeBase(`origin/${defaultBranch ?? 'HEAD'}`);
}
/**
 * Names the files behind each reason `files`: between the record's commit, else the event's base, and HEAD. Reasons
 * whose commits are not at hand stay without paths.
 */
async function explain(images, sources) {
    const known = new Map();
    const explained = [];
    for (const image of images)
        explained.push(await explainOne(image, { ...sources, known }));
    return explained;
}
async function explainOne(image, sources) {
    const { decision, record, service } = image;
    if (decision.kind !== 'rebuild' || !decision.reasons.some((reason) => reason.kind === 'files'))
        return image;
    const [first, second] = sources.isAsked ? [sources.base, record?.commit] : [record?.commit, sources.base];
    const changes = (await changesSince(first, sources)) ?? (await changesSince(second, sources));
    const unseen = sources.uncommitted.filter((path) => changes?.every((change) => change.path !== path) ?? true);
    const added = unseen.map((path) => ({ kind: 'added', path }));
    const within = [...(changes ?? []), ...added].filter((change) => sources.takes(service, change.path));
    if (within.length === 0)
        return image;
    const reasons = decision.reasons.map((reason) => (reason.kind === 'files' ? filesReason(within) : reason));
    return { ...image, decision: { kind: 'rebuild', reasons } };
}
async function changesSince(commit, sources) {
    if (commit === undefined)
        return undefined;
    if (!sources.known.has(commit)) {
        const changes = (await sources.git.obtain(commit)) === undefined ? undefined : await sources.git.changes(commit);
        sources.known.set(commit, changes?.ok === true ? changes.value : undefined);
    }
    return sources.known.get(commit);
}
function filesReason(changes) {
    const count = (kind) => changes.filter((change) => change.kind === kind).length;
    return {
        kind: 'files',
        added: count('added'),
        modified: count('modified'),
        removed: count('removed'),
        paths: changes.slice(0, SHOWN).map((change) => change.path),
    };
}

;// CONCATENATED MODULE: ./src/pipeline/baseline.ts




/**
 * Gives each service whose scope has delivered nothing yet what it was where its branch began: a pull request or a new
 * branch wants no deploy of what it did not touch. The default branch, tags and manual runs deliver everything.
 */
async function withBaseline(questions, of) {
    const { run, snapshot } = of;
    const fresh = questions.filter((question) => question.requested && ownRecord(question)?.delivered === undefined);
    if (fresh.length === 0 || !isBranch(run.job.context))
        return questions;
    const commit = await of.base();
    if (commit === undefined)
        return questions;
    const services = fresh.map((question) => question.service);
    const earlier = await gatherEarlier(services, { git: run.ports.git, commit, now: snapshot });
    if (!earlier.ok) {
        const why = earlier.failures.map((failure) => failure.message).join('; ');
        notify(run, { message: `Nothing is compared with ${commit}: ${why}` });
        return questions;
    }
    const baselines = new Map();
    for (const service of earlier.value.services) {
        const fingerprint = compute(service, earlier.value.snapshot, [run.job.context.defaultPlatform]);
        // A service that was not there yet, or could not have been built, has nothing to be compared with.
        if (fingerprint.ok)
            baselines.set(service.name, fingerprint.value);
    }
    return questions.map((question) => {
        const baseline = baselines.get(question.service.name);
        return baseline === undefined ? question : { ...question, baseline };
    });
}
function isBranch({ trigger, ref, defaultBranch }) {
    switch (trigger.kind) {
        case 'pull-request':
        case 'merge-group':
        case 'terminal':
            return true;
        case 'push':
            return defaultBranch !== undefined && ref !== `refs/heads/${defaultBranch}`;
        case 'tag':
        case 'other':
            return false;
    }
}

;// CONCATENATED MODULE: ./src/pipeline/plan.ts












/** Decides for each service, in their order, without changing anything anywhere. */
async function makePlan(services, run) {
    const { request, ports } = run;
    const requested = select_select(services, request.services, 'services');
    if (!requested.ok)
        return requested;
    const force = expandForce(services, request.force);
    if (!force.ok)
        return force;
    const [snapshot, state] = await Promise.all([gather(services, ports.git), loadState(run)]);
    if (!snapshot.ok)
        return snapshot;
    const selection = { requested: requested.value, force: force.value, state };
    const questions = ask(services, { ...selection, run, snapshot: snapshot.value });
    if (!questions.ok)
        return questions;
    const facts = await probe(questions.value, placesOf(run));
    if (!facts.ok)
        return facts;
    reportUnknown(facts.value, run);
    const comparison = { run, snapshot: snapshot.value, base: eventBaseOnce(run) };
    const compared = await withBaseline(questions.value, comparison);
    const images = compared.map((question, index) => decide({ ...question, facts: facts.value[index] ?? {} }));
    const plan = await explained(images, comparison);
    return (0,model_failure.ok)({ plan, snapshot: snapshot.value, state });
}
/** The same answer for all who ask, found when the first one does: finding it may take a fetch. */
function eventBaseOnce({ request, job, ports }) {
    let base;
    return () => (base ??= eventBase(request, job.context, ports.git));
}
function expandForce(services, force) {
    if (force.kind !== 'names')
        return (0,model_failure.ok)(force);
    const names = select_select(services, force.names, 'force');
    return names.ok ? (0,model_failure.ok)({ kind: 'names', names: [...names.value] }) : names;
}
/** One question per service; all failures of all services at once. */
function ask(services, of) {
    const { context } = of.run.job;
    const records = recordsBefore(of.state, context.runId);
    const failures = [];
    const questions = [];
    for (const service of services) {
        const fingerprint = compute(service, of.snapshot, [context.defaultPlatform]);
        if (!fingerprint.ok) {
            failures.push(...fingerprint.failures);
            continue;
        }
        const record = records.get(service.name);
        questions.push({
            service,
            fingerprint: fingerprint.value,
            requested: of.requested.has(service.name),
            force: of.force,
            delivery: deliveryOf(of.run.request),
            ...(record && { record }),
        });
    }
    return (0,model_failure/* unless */.NJ)(failures, questions);
}
function deliveryOf(request) {
    if (request.push)
        return 'push';
    return request.load ? 'load' : 'none';
}
function placesOf({ request, ports }) {
    return {
        ...(!request.localOnly && { registry: ports.registry }),
        ...(request.load && { engine: ports.engine }),
    };
}
/** What cannot be read is no record: that costs time, and the notice says so. */
async function loadState(run) {
    const scope = run.job.context.stateScope;
    const none = { scope, records: [] };
    const stored = await run.ports.store.load(scope);
    switch (stored.kind) {
        case 'none':
            return none;
        case 'unavailable':
            notify(run, { message: `Earlier records are not available: ${stored.problem}` });
            return none;
        case 'found': {
            const decoded = decodeState(stored.text, scope);
            if ('state' in decoded)
                return decoded.state;
            notify(run, { message: `The stored records are not used: ${decoded.problem}` });
            return none;
        }
    }
}
function reportUnknown(facts, run) {
    const problems = facts.flatMap((fact) => {
        const unknown = [fact.recorded, fact.tagged, fact.local].find((answer) => answer?.kind === 'unknown');
        return unknown === undefined ? [] : [unknown.problem];
    });
    const [first] = problems;
    if (first === undefined)
        return;
    const images = problems.length === 1 ? 'an image exists' : `${problems.length} images exist`;
    notify(run, { message: `It is not known whether ${images}: ${first}` });
}
async function explained(images, of) {
    const { run, snapshot } = of;
    const { git } = run.ports;
    const isExplainable = ({ decision }) => decision.kind === 'rebuild' && decision.reasons.some((reason) => reason.kind === 'files');
    const { baseRef } = run.request;
    const isNeeded = baseRef !== undefined || images.some(isExplainable);
    const base = isNeeded ? await of.base() : undefined;
    if (baseRef !== undefined && base === undefined) {
        notify(run, {
            message: `Changes are not explained against \`${baseRef}\`: there is no such commit to compare with.`,
        });
    }
    const sources = {
        base,
        isAsked: baseRef !== undefined,
        git,
        takes: (service, path) => isInput(service, path, snapshot.texts),
        uncommitted: snapshot.uncommitted,
    };
    const plan = { commit: snapshot.commit, images: await explain(images, sources) };
    return base === undefined ? plan : { ...plan, base };
}

;// CONCATENATED MODULE: ./src/report/document.ts
function planDocument(result) {
    return {
        version: 1,
        commit: result.plan.commit,
        base: result.plan.base ?? null,
        images: result.outcomes?.map((outcome) => ({ ...imageDocument(outcome.image), ...outcomeDocument(outcome) })) ??
            result.plan.images.map(imageDocument),
        notices: result.notices,
    };
}
function imageDocument(image) {
    const { service, fingerprint, decision, changed, record } = image;
    return {
        name: service.name,
        kind: 'service',
        decision: decision.kind,
        changed,
        fingerprint: fingerprint.digest,
        reasons: decision.kind === 'rebuild' ? decision.reasons : [],
        needs: [],
        inputs: { files: fingerprint.fileCount },
        estimate: record?.durationMs === undefined ? null : inSeconds(record.durationMs),
    };
}
function outcomeDocument(outcome) {
    const delivered = outcome.kind === 'built' || outcome.kind === 'reused';
    return {
        outcome: outcome.kind,
        digest: delivered ? (outcome.digest ?? null) : null,
        seconds: outcome.kind === 'built' ? inSeconds(outcome.durationMs) : null,
        ...(outcome.kind === 'failed' && { error: outcome.failure.message }),
    };
}
function inSeconds(milliseconds) {
    return Math.round(milliseconds / 100) / 10;
}

;// CONCATENATED MODULE: ./src/report/markdown-text.ts

const LONGEST_LOG_LINE = 500;
const SHORTEST_FENCE = 3;
/**
 * Any text as literal inline text of GitHub's Markdown, also within a table cell or an HTML element: nothing in it
 * formats, links, mentions a user or refers to an issue, and it stays on its line.
 */
function markdownText(text) {
    return visible(text)
        .replace(/[&<>"`*_[\]\\|~#@:$]/gu, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/&#(?:35|64);/gu, '$&&#8203;') // a rendered `@name` or `#1` would still be linked
        .replace(/www\./giu, (address) => `${address.slice(0, -1)}&#46;`);
}
/** Lines of a log as a code block that nothing in them can end. */
function codeBlock(log) {
    const lines = log.map((line) => shortened(visibleLog(line)));
    const runs = lines.flatMap((line) => line.match(/`+/gu) ?? []);
    const longest = runs.reduce((most, run) => Math.max(most, run.length), SHORTEST_FENCE - 1);
    const fence = '`'.repeat(longest + 1);
    return [fence, ...lines, fence].join('\n');
}
function shortened(line) {
    const characters = Array.from(line);
    const more = characters.length - LONGEST_LOG_LINE;
    return more <= 0 ? line : `${characters.slice(0, LONGEST_LOG_LINE).join('')}… and ${more} more characters`;
}

;// CONCATENATED MODULE: ./src/report/markdown.ts



const DEFAULT_BUDGET = 900_000;
const LOG_LINES = 40;
/** From so many reused images on, their rows are folded away. */
const MANY_REUSED = 11;
const TABLE_HEAD = '| service | result | why | time | digest |\n| --- | --- | --- | --- | --- |\n';
/** Order of the rows: what needs a person first. Skipped images are counted in the heading, not listed. */
const VERDICT_RANK = {
    failed: 0,
    cancelled: 1,
    built: 2,
    rebuild: 2,
    reused: 3,
    reuse: 3,
    skipped: undefined,
    skip: undefined,
};
/** The job summary: counts, a table, notices, and the ends of the logs of what failed; never above its budget. */
function summaryMarkdown(result, options = {}) {
    const rows = rankedRows(result);
    const reused = rows.filter(isReused);
    const folds = reused.length >= MANY_REUSED;
    const shown = folds ? rows.filter((row) => !isReused(row)) : rows;
    const heading = `## Images: ${resultSummary(result)}\n\n${comparison(result)}\n`;
    // Each takes what it needs up to a share of what is left, so that none starves the next.
    let left = (options.budget ?? DEFAULT_BUDGET) - Buffer.byteLength(heading);
    const fit = (section, share) => {
        const text = fitted(section, left * share);
        left -= Buffer.byteLength(text);
        return text;
    };
    const table = fit(tableSection(shown), 0.6);
    const logs = fit(logSection(rows), 0.75);
    const notices = fit(noticeSection(result), 0.5);
    const folded = fit(foldedSection(folds ? reused : []), 1);
    return heading + table + folded + notices + logs;
}
function rankedRows(result) {
    return resultRows(result)
        .flatMap((row) => {
        const rank = VERDICT_RANK[row.verdict];
        return rank === undefined ? [] : [{ row, rank }];
    })
        .sort((a, b) => a.rank - b.rank)
        .map(({ row }) => row);
}
function isReused(row) {
    return row.verdict === 'reused' || row.verdict === 'reuse';
}
function comparison({ plan }) {
    const commit = `Commit \`${shortDigest(plan.commit)}\``;
    return plan.base === undefined ? `${commit}.` : `${commit}, compared with \`${shortDigest(plan.base)}\`.`;
}
function tableSection(rows) {
    return { head: `\n${TABLE_HEAD}`, items: rows.map(tableRow), more: moreRows, foot: '' };
}
function foldedSection(rows) {
    const head = `\n<details><summary>${rows.length} reused</summary>\n\n${TABLE_HEAD}`;
    return { head, items: rows.map(tableRow), more: moreRows, foot: '\n</details>\n' };
}
function moreRows(left) {
    return `| … and ${left} more | | | | |\n`;
}
function tableRow(row) {
    const result = row.verdict === 'failed' ? `**${row.result}**` : row.result;
    const digest = row.digest === '' ? '' : `\`${row.digest}\``;
    const cells = [markdownText(row.service), result, markdownText(row.why), row.time, digest];
    return `| ${cells.join(' | ')} |\n`;
}
function noticeSection({ notices }) {
    const items = notices.map(({ message, place }) => {
        const where = place === undefined ? '' : ` (${markdownText(`${place.file}, line ${place.line}`)})`;
        return `- ${markdownText(visibleMessage(message))}${where}\n`;
    });
    return { head: '\n### Notices\n\n', items, more: (left) => `- … and ${left} more\n`, foot: '' };
}
function logSection(rows) {
    const items = rows
        .filter((row) => row.log.length > 0)
        .map((row) => {
        const lines = row.log.slice(-LOG_LINES);
        const title = `<b>${markdownText(row.service)}</b>: ${logTitle(lines.length, row.log.length)}`;
        return `\n<details><summary>${title}</summary>\n\n${codeBlock(lines)}\n\n</details>\n`;
    });
    return { head: '\n### Logs\n', items, more: (left) => `\n… and ${left} more\n`, foot: '' };
}
function logTitle(shown, all) {
    return shown === all ? 'log' : `last ${shown} of ${all} lines of the log`;
}
/** The section with as many items as its budget holds; empty when it has none or not even its frame fits. */
function fitted({ head, items, more, foot }, budget) {
    if (items.length === 0)
        return '';
    const frame = Buffer.byteLength(head) + Buffer.byteLength(foot);
    const sizes = items.map((item) => Buffer.byteLength(item));
    const whole = sizes.reduce((sum, size) => sum + size, frame);
    if (whole <= budget)
        return head + items.join('') + foot;
    let size = frame + Buffer.byteLength(more(items.length));
    if (size > budget)
        return '';
    let kept = 0;
    for (const itemSize of sizes) {
        if (size + itemSize > budget)
            break;
        size += itemSize;
        kept += 1;
    }
    return head + items.slice(0, kept).join('') + more(items.length - kept) + foot;
}

;// CONCATENATED MODULE: ./src/report/outputs.ts



const MOST_MATRIX_ENTRIES = 256;
/** GitHub allows 1 MB for all outputs of a job and measures them as UTF-16; workflows may add outputs of their own. */
const MOST_BYTES = 1_000_000;
/** How many paths or names each reason keeps, tried in this order until all outputs fit. */
const DETAIL_LEVELS = [Infinity, 5, 1, 0];
/**
 * The Action's outputs, name to value. Only `reasons` is ever cut; a matrix or a total beyond GitHub's limits is a
 * failure. No registry address is in `matrix` and `digests`: GitHub blanks an output that contains a secret.
 */
function outputs(result) {
    const deliveries = result.outcomes?.map(byOutcome) ?? result.plan.images.map(byDecision);
    const deploys = deliveries.filter(wantsDeploy);
    if (deploys.length > MOST_MATRIX_ENTRIES)
        return tooManyDeploys(deploys.length);
    const named = (action) => nameList(deliveries.filter((delivery) => delivery.action === action));
    const fixed = new Map([
        ['matrix', JSON.stringify({ include: deploys.map(matrixEntry) })],
        ['any', String(deploys.length > 0)],
        ['changed', nameList(deploys)],
        ['rebuilt', named('rebuilt')],
        ['reused', named('reused')],
        ['failed', named('failed')],
        ...(result.outcomes === undefined ? [] : digestOutputs(deliveries)),
    ]);
    return withReasons(fixed, result.plan);
}
function byDecision(image) {
    switch (image.decision.kind) {
        case 'rebuild':
            return { image, action: 'rebuilt' };
        case 'reuse':
            return { image, action: 'reused', ...withDigest(image.decision.digest) };
        case 'skip':
            return { image, action: 'none' };
    }
}
function byOutcome(outcome) {
    const { image } = outcome;
    switch (outcome.kind) {
        case 'built':
            return { image, action: 'rebuilt', ...withDigest(outcome.digest) };
        case 'reused':
            return { image, action: 'reused', ...withDigest(outcome.digest) };
        case 'failed':
            return { image, action: 'failed' };
        case 'skipped':
        case 'cancelled':
            return { image, action: 'none' };
    }
}
function withDigest(digest) {
    return digest === undefined ? {} : { digest };
}
function wantsDeploy({ image, action }) {
    return image.changed && (action === 'rebuilt' || action === 'reused');
}
function matrixEntry({ image, action, digest }) {
    return {
        service: image.service.name,
        action,
        fingerprint: image.fingerprint.digest,
        reason: decisionText(image.decision),
        ...withDigest(digest),
        ...image.service.matrix,
    };
}
function digestOutputs(deliveries) {
    const digests = [];
    const images = [];
    for (const { image, digest } of deliveries) {
        if (digest === undefined)
            continue;
        digests.push([image.service.name, digest]);
        images.push([image.service.name, `${(0,model_service/* fullName */.f)(image.service.image)}@${digest}`]);
    }
    return [
        ['digests', JSON.stringify(Object.fromEntries(digests))],
        ['images', JSON.stringify(Object.fromEntries(images))],
    ];
}
function nameList(deliveries) {
    return JSON.stringify(deliveries.map(({ image }) => image.service.name));
}
function withReasons(fixed, plan) {
    for (const most of DETAIL_LEVELS) {
        const all = new Map([...fixed, ['reasons', reasonsByImage(plan, most)]]);
        if (byteSize(all) <= MOST_BYTES)
            return (0,model_failure.ok)(all);
    }
    const message = 'the outputs are larger than the 1 MB that GitHub allows a job; ' +
        'name fewer images with input `services`, in several jobs, or shorten their `matrix` keys';
    return (0,model_failure/* failed */.gz)({ kind: 'usage', message });
}
/** Every image of the plan; what is not rebuilt has no reasons. */
function reasonsByImage(plan, most) {
    const entries = plan.images.map(({ service, decision }) => {
        const reasons = decision.kind === 'rebuild' ? decision.reasons : [];
        return [service.name, reasons.map((reason) => shortenedReason(reason, most))];
    });
    return JSON.stringify(Object.fromEntries(entries));
}
/** The reason with at most so many paths or names; `cut` counts those left out here. */
function shortenedReason(reason, most) {
    switch (reason.kind) {
        case 'files': {
            const cut = (reason.paths?.length ?? 0) - most;
            return cut > 0 ? { ...reason, paths: reason.paths?.slice(0, most) ?? [], cut } : reason;
        }
        case 'build-args':
        case 'options': {
            const cut = reason.names.length - most;
            return cut > 0 ? { ...reason, names: reason.names.slice(0, most), cut } : reason;
        }
        case 'no-record':
        case 'forced':
        case 'dockerfile':
        case 'format':
        case 'image-missing':
            return reason;
    }
}
/** In UTF-16 as GitHub measures, or in UTF-8 where that is more. */
function byteSize(values) {
    let size = 0;
    for (const [name, value] of values) {
        size += Math.max(2 * (name.length + value.length), Buffer.byteLength(name) + Buffer.byteLength(value));
    }
    return size;
}
function tooManyDeploys(count) {
    const message = `${count} services want a deploy, but a GitHub matrix takes at most ${MOST_MATRIX_ENTRIES} entries; ` +
        'name fewer services with input `services`, in several jobs';
    return (0,model_failure/* failed */.gz)({ kind: 'usage', message });
}

;// CONCATENATED MODULE: ./src/pipeline.ts










/** Exit codes of contract and command line, by what went wrong. */
const EXIT_CODES = {
    'config-invalid': 2,
    usage: 2,
    'environment-missing': 3,
    'git-failed': 1,
    'registry-failed': 1,
    'registry-denied': 1,
    'engine-failed': 1,
    'build-failed': 1,
    unexpected: 1,
    interrupted: 130,
};
/**
 * A whole run: inputs, configuration, snapshot, plan, builds, records, report. Returns the process's exit code. A
 * failure before the first build stops the run with nothing built and nothing written.
 */
async function run(job, ports) {
    const started = ports.clock.now();
    const request = parseRequest(job.inputs, job.defaults);
    if (!request.ok)
        return fail(request.failures, ports);
    const run = { job, ports, request: request.value, notices: [] };
    const allowed = withoutForbiddenPush(run);
    try {
        const result = await pipeline_carryOut(allowed, started);
        if (result.ok)
            return await report(result.value, allowed);
        return job.signal.aborted ? fail([INTERRUPTED], ports) : fail(result.failures, ports);
    }
    catch (error) {
        return fail([job.signal.aborted ? INTERRUPTED : (0,model_failure/* unexpected */.os)(error)], ports);
    }
}
const INTERRUPTED = {
    kind: 'interrupted',
    message: 'The run was interrupted; what had succeeded is recorded.',
};
/** Shows failures that ended a run, and returns its exit code. */
function fail(failures, ports) {
    for (const failure of failures)
        ports.host.failure(failure);
    return Math.max(...failures.map((failure) => EXIT_CODES[failure.kind]));
}
function withoutForbiddenPush(run) {
    const { pushForbidden } = run.job.context;
    if (pushForbidden === undefined || !run.request.push)
        return run;
    notify(run, { message: `Nothing is pushed: ${pushForbidden}.` });
    return { ...run, request: { ...run.request, push: false } };
}
async function pipeline_carryOut(run, started) {
    const services = await loadServices(run);
    if (!services.ok)
        return services;
    const planned = await makePlan(services.value, run);
    if (!planned.ok)
        return planned;
    const { plan } = planned.value;
    const { host, clock } = run.ports;
    const decided = { plan, notices: run.notices, durationMs: clock.now() - started };
    // Outputs that would not fit are known before anything is built.
    const fits = outputs(decided);
    if (!fits.ok)
        return fits;
    if (run.request.mode === 'plan')
        return (0,model_failure.ok)(decided);
    for (const line of planLines(plan, { color: run.job.color }))
        host.progress(line);
    const outcomes = await buildPlan(planned.value, run);
    if (!outcomes.ok)
        return outcomes;
    return (0,model_failure.ok)({ ...decided, outcomes: outcomes.value, durationMs: clock.now() - started });
}
async function report(result, run) {
    const { host } = run.ports;
    const values = outputs(result);
    if (values.ok)
        for (const [name, value] of values.value)
            host.output(name, value);
    host.document(planDocument(result));
    host.result(resultLines(result, { color: run.job.color }));
    await host.summary(summaryMarkdown(result)).catch((error) => {
        notify(run, { message: `The job summary could not be written: ${error.message}` });
    });
    const exitCode = exitCodeOf(result, run);
    return values.ok ? exitCode : Math.max(exitCode, fail(values.failures, run.ports));
}
function exitCodeOf(result, run) {
    const failures = (result.outcomes ?? []).flatMap((outcome) => outcome.kind === 'failed' ? [outcome.failure] : []);
    if (failures.length > 0)
        fail(failures, run.ports);
    if (run.job.signal.aborted) {
        return fail([INTERRUPTED], run.ports);
    }
    return failures.length > 0 ? 1 : exitCodeOfPlan(result, run.request);
}
/** Code 10 tells a script that something is to be rebuilt, when it asked for that. */
function exitCodeOfPlan(result, request) {
    const isRebuild = result.plan.images.some((image) => image.decision.kind === 'rebuild');
    return request.mode === 'plan' && request.exitCode && isRebuild ? 10 : 0;
}


/***/ })

};
