export const id = 422;
export const ids = [422];
export const modules = {

/***/ 52857:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   gU: () => (/* binding */ noDocker),
/* harmony export */   nc: () => (/* binding */ DockerEngine)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42891);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61169);


/** The images of the Docker engine that the client of this machine talks to. */
class DockerEngine {
    environment;
    constructor(environment) {
        this.environment = environment;
    }
    async find(references) {
        if (references.length === 0)
            return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(new Map());
        // Listing all images would take seconds where there are hundreds.
        const format = '{{.Id}} {{json .RepoTags}}';
        const end = await (0,_process_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)('docker', ['image', 'inspect', '--format', format, ...references], {
            env: this.environment,
        });
        if (end.kind !== 'exited' || (end.exitCode !== 0 && !isOnlyMissing(end.stderr)))
            return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)(failureOf('inspect', end));
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
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(new Map(found));
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
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(undefined);
    }
    async remove(reference) {
        const end = await (0,_process_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)('docker', ['image', 'rm', reference], { env: this.environment });
        const isGone = end.kind === 'exited' && (end.exitCode === 0 || isOnlyMissing(end.stderr));
        return isGone ? (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(undefined) : (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)(failureOf('image rm', end));
    }
    async #docker(args) {
        const end = await (0,_process_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)('docker', args, { env: this.environment });
        return end.kind === 'exited' && end.exitCode === 0 ? (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(undefined) : (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)(failureOf(args[0] ?? '', end));
    }
}
/** Why a call of Docker did not end well. */
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


/***/ }),

/***/ 52160:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ FileStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);



const MEMO = 'memo';
/** Keeps each scope's state in a file of a folder, replaced as a whole. */
class FileStore {
    folder;
    constructor(folder) {
        this.folder = folder;
    }
    async load(scope) {
        try {
            return { kind: 'found', text: await textOf(this.#file(scope)) };
        }
        catch (error) {
            const { code, message } = error;
            return code === 'ENOENT' ? { kind: 'none' } : { kind: 'unavailable', problem: message };
        }
    }
    save(scope, text) {
        return this.#write(this.#file(scope), text);
    }
    async loadMemo() {
        return textOf((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, MEMO)).catch(() => undefined);
    }
    async saveMemo(text) {
        await this.#write((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, MEMO), text);
    }
    async #write(file, text) {
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
/** Decoded at once: to do it chunk by chunk takes several times as long for a file of some megabytes. */
async function textOf(file) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file)).toString('utf8');
}


/***/ }),

/***/ 39653:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HP: () => (/* binding */ fetchBlobs),
/* harmony export */   rC: () => (/* binding */ promisorOf),
/* harmony export */   sl: () => (/* binding */ fetchEnvironment)
/* harmony export */ });
/** Name of the remote that a clone without all objects gets the others from; `undefined` in a clone with all of them. */
async function promisorOf(git) {
    const listed = await git.text(['config', '--type=bool', '--get-regexp', String.raw `^remote\..*\.promisor$`]);
    return /^remote\.(.*)\.promisor true$/m.exec(listed ?? '')?.[1];
}
/**
 * Fetches blobs into a clone that was made without them, in one request, as git itself would fetch them one by one;
 * nothing happens when they cannot be had. The options are those that git uses for its own requests of this kind
 * (partial-clone.txt, "promisor remote").
 */
async function fetchBlobs(git, { remote, blobs }) {
    const options = ['--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance'];
    const fetch = ['fetch', ...options, '--filter=blob:none', '--quiet', '--stdin', remote];
    await git.text(['-c', 'fetch.negotiationAlgorithm=noop', ...fetch], blobs.map((blob) => `${blob}\n`).join(''));
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

/***/ 37774:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ openRepository)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
;// CONCATENATED MODULE: ./src/adapters/git-apart.ts


/** A fetch brings what it is asked for and nothing besides. */
const FETCH = ['--no-tags', '--no-recurse-submodules', '--no-auto-maintenance', '--quiet'];
/**
 * A repository beside ours for what is fetched of other commits: ours stays as it is, not shallower and without a
 * filter. It is made when it is first needed, and its objects count as ours then.
 */
class Apart {
    git;
    folder;
    #made;
    /** git locks a shallow repository while it fetches: one at a time. */
    #last = Promise.resolve();
    /** `folder`: where repositories may be made. */
    constructor(git, folder) {
        this.git = git;
        this.folder = folder;
    }
    get isMade() {
        return this.#made !== undefined;
    }
    /** Fetches one commit from `origin` with its trees and without its blobs; nothing happens when it cannot be had. */
    async fetchCommit(commit) {
        // A folder that cannot be written costs a comparison, not the run.
        this.#made ??= this.#make(commit).catch(() => undefined);
        await this.#fetch(['--depth=1', '--'], { what: commit });
    }
    /** Fetches blobs of the commits that it has; nothing happens when they cannot be had, or there is no such commit. */
    async fetchBlobs(blobs) {
        await this.#fetch(['--stdin'], { input: blobs.map((blob) => `${blob}\n`).join('') });
    }
    async #fetch(options, of) {
        const repository = await this.#made;
        if (repository === undefined)
            return;
        const { directory, url } = repository;
        const args = [`--git-dir=${directory}`, 'fetch', ...FETCH, '--filter=blob:none', ...options, url];
        const fetching = this.#last.then(() => this.git.text(of.what === undefined ? args : [...args, of.what], of.input));
        this.#last = fetching;
        await fetching;
    }
    async #make(commit) {
        const made = await bareBeside(this.git, this.folder, commit);
        if (made !== undefined)
            this.git.addObjects((0,external_node_path_.join)(made.directory, 'objects'));
        return made;
    }
}
/** Makes an empty one in a folder, for ids like the given one; `undefined` when ours has no `origin`. */
async function bareBeside(git, folder, id) {
    const url = await git.text(['remote', 'get-url', 'origin']);
    if (url === undefined)
        return undefined;
    await (0,promises_.mkdir)(folder, { recursive: true });
    const directory = await (0,promises_.mkdtemp)((0,external_node_path_.join)(folder, 'commits-'));
    const format = id.length === 40 ? 'sha1' : 'sha256';
    const made = await git.text(['init', '--bare', '--quiet', `--object-format=${format}`, directory]);
    return made === undefined ? undefined : { directory, url: url.trim() };
}

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

;// CONCATENATED MODULE: ./src/adapters/git-disk.ts



/** How many files are looked at, or read, at once. */
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
    const entries = await (0,promises_.readdir)(fileAt(root, folder), options).catch(undefinedWhenGone);
    for (const entry of entries ?? []) {
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
/** What lies at these paths, links as what they are; what lies behind a link does not lie there. */
async function lookAll(root, paths) {
    const disk = new Disk(root);
    const found = await inBatches(paths, async (path) => {
        const stats = await disk.statsOf(path);
        return stats && [path, await described(stats, fileAt(root, path))];
    });
    return new Map(found.filter((entry) => entry !== undefined));
}
/** Entries of a folder but `.git`; `undefined` where no folder lies, and behind a link. */
async function folderAt(root, folder) {
    if (!(await new Disk(root).hasFolder(folder)))
        return undefined;
    const names = await (0,promises_.readdir)(fileAt(root, folder), { encoding: 'buffer' }).catch(undefinedWhenGone);
    if (names === undefined)
        return undefined;
    const found = await inBatches(names, async (bytes) => {
        const name = decodePath(bytes);
        const path = folder === '' ? name : `${folder}/${name}`;
        const stats = name === '.git' ? undefined : await look(root, path);
        return stats && [name, await described(stats, fileAt(root, path))];
    });
    return new Map(found.filter((entry) => entry !== undefined));
}
/** How much lies at each path, with all that is in a folder, `.git` too; links are not followed. */
async function extentsAt(root, paths) {
    return new Map(await inBatches(paths, async (path) => [path, await extentAt(root, path)]));
}
async function extentAt(root, path) {
    const stats = await look(root, path);
    if (stats?.isDirectory() !== true)
        return { bytes: stats?.size ?? 0, files: stats === undefined ? 0 : 1 };
    const names = await (0,promises_.readdir)(fileAt(root, path), { encoding: 'buffer' }).catch(undefinedWhenGone);
    const within = await inBatches(names ?? [], (name) => extentAt(root, `${path}/${decodePath(name)}`));
    const none = { bytes: 0, files: 0 };
    return within.reduce((sum, one) => ({ bytes: sum.bytes + one.bytes, files: sum.files + one.files }), none);
}
async function described(stats, file) {
    const mode = modeOf(stats);
    if (stats.isSymbolicLink())
        return { mode, target: decodePath(await (0,promises_.readlink)(file, 'buffer')) };
    const usual = mode === '040000' || mode === '100755' ? 0o755 : 0o644;
    const permissions = stats.mode & 0o7777;
    return permissions === usual ? { mode } : { mode, permissions: permissions.toString(8).padStart(4, '0') };
}
/** As git would record it; of what git does not record, the kind of file. */
function modeOf(stats) {
    if (stats.isFile())
        return (stats.mode & 0o100) === 0 ? '100644' : '100755';
    return (stats.mode & 0o170000).toString(8).padStart(6, '0');
}
/** A path below the root, as the file system has it. */
function fileAt(root, path) {
    return encodePath((0,external_node_path_.join)(root, path));
}
/** The disk below a root, without what lies behind links. Remembers which folders lie at their paths. */
class Disk {
    root;
    #folders = new Map();
    constructor(root) {
        this.root = root;
    }
    /** Of what lies at a path; `undefined` for nothing. */
    async statsOf(path) {
        const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
        return (await this.hasFolder(parent)) ? look(this.root, path) : undefined;
    }
    hasFolder(folder) {
        const known = this.#folders.get(folder) ?? this.#look(folder);
        this.#folders.set(folder, known);
        return known;
    }
    async #look(folder) {
        return folder === '' || (await this.statsOf(folder))?.isDirectory() === true;
    }
}
/** Does some work for each item, for a few at once; results in the order of the items. */
async function inBatches(items, work) {
    const results = [];
    for (let start = 0; start < items.length; start += BOUND) {
        for (const result of await Promise.all(items.slice(start, start + BOUND).map(work)))
            results.push(result);
    }
    return results;
}
/** What lies at a path, without following a link there; `undefined` for nothing. */
async function look(root, path) {
    return (0,promises_.lstat)(fileAt(root, path)).catch(undefinedWhenGone);
}
function undefinedWhenGone(error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
        return undefined;
    throw error;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./src/adapters/git-hash.ts





/** A pointer is shorter (Git LFS specification, "The Pointer"). */
const MOST_OF_POINTER = 1024;
const POINTER_START = Buffer.from('version https://git-lfs.github.com/spec/v1\n', 'latin1');
/**
 * Files as they lie on the disk, with the ids that git gives to those very bytes (a blob's header and content), so
 * that a file has one id whether git knows it or not. A path where nothing lies is left out, as is one behind a link,
 * which does not lie there. Throws for one that cannot be read, as its content would be unknown.
 */
async function hashFiles(root, paths, algorithm) {
    const disk = new Disk(root);
    const hashed = await inBatches(paths, async (path) => {
        const stats = await disk.statsOf(path);
        if (stats === undefined || stats.isDirectory())
            return undefined;
        return { mode: modeOf(stats), path, ...(await content(fileAt(root, path), stats, algorithm)) };
    });
    return hashed.filter((entry) => entry !== undefined);
}
async function content(file, stats, algorithm) {
    const hashOf = (size) => (0,external_node_crypto_.createHash)(algorithm).update(`blob ${size}\0`);
    const idOf = (bytes) => hashOf(bytes.length).update(bytes).digest('hex');
    if (stats.isSymbolicLink())
        return { id: idOf(await (0,promises_.readlink)(file, 'buffer')) };
    // Pipes, sockets and devices have no content that could be hashed; that one lies there is all there is to know.
    if (!stats.isFile())
        return { id: '0'.repeat(algorithm === 'sha1' ? 40 : 64) };
    if (stats.size > MOST_OF_POINTER) {
        const hash = hashOf(stats.size);
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file), hash);
        return { id: hash.digest('hex') };
    }
    const bytes = await (0,promises_.readFile)(file);
    const isPointer = bytes.subarray(0, POINTER_START.length).equals(POINTER_START);
    return { id: idOf(bytes), ...(isPointer && { isPointer }) };
}
/** sha256 in hex of a file's content. */
async function sha256Of(root, path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(fileAt(root, path)), hash);
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./src/adapters/git-output.ts

/*
 * git's `-z` formats, in which paths are bytes between NULs, never quoted. They are read as latin1, which keeps every
 * byte as one character, and only paths are decoded.
 */
/** What git printed, without the end of its last line. */
function textOf(stdout) {
    return stdout.toString('utf8').replace(/\n$/, '');
}
/** Paths alone, as `git ls-files -z` prints them. */
function parsePaths(bytes) {
    return records(bytes).map(pathOf);
}
/** `git ls-files -z -v`: `S`, or `s`, for what is skipped; another small letter for what is assumed unchanged. */
function parseHidden(bytes) {
    const hidden = records(bytes).filter((record) => /^[a-zS] /.test(record));
    const pathsOf = (isSkipped) => hidden.filter((record) => /^[sS]/.test(record) === isSkipped).map((record) => pathOf(record.slice(2)));
    return { assumed: pathsOf(false), skipped: pathsOf(true) };
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

// EXTERNAL MODULE: ./src/adapters/git-run.ts
var git_run = __webpack_require__(88640);
;// CONCATENATED MODULE: ./src/adapters/git-program.ts




const ALTERNATES = 'GIT_ALTERNATE_OBJECT_DIRECTORIES';
/** Git's own program, in one folder of a repository. */
class GitProgram {
    folder;
    /** Changes with `addObjects`. */
    environment;
    constructor(folder, environment) {
        this.folder = folder;
        this.environment = environment;
    }
    /** From now on the objects in this folder count as the repository's own. */
    addObjects(folder) {
        const before = this.environment[ALTERNATES] ?? '';
        const folders = before === '' ? folder : `${folder}${external_node_path_.delimiter}${before}`;
        this.environment = { ...this.environment, [ALTERNATES]: folders };
    }
    /** What git printed, or nothing when it failed. */
    async text(args, input) {
        const end = await this.ask(args, input);
        return end.ok ? textOf(end.value) : undefined;
    }
    /** What git printed; `git-failed` when it ended with another code than these, or did not look at everything. */
    async ask(args, input, fine = [0]) {
        const options = { environment: this.environment, ...(input !== undefined && { input }) };
        const end = await (0,git_run/* git */.$)(this.folder, options, args);
        // A folder that git may not read is only warned of: what lies in it would be overlooked.
        const isBlind = end.kind === 'exited' && /could not open directory/.test(end.stderr);
        if (end.kind === 'exited' && fine.includes(end.exitCode) && !isBlind)
            return (0,failure.ok)(end.stdout);
        const how = end.kind === 'exited' ? `exit code ${end.exitCode}` : end.kind === 'killed' ? end.signal : 'not found';
        const why = end.kind === 'missing' ? '' : `: ${end.stderr.trim()}`;
        const command = args.find((arg) => !arg.startsWith('-')) ?? '';
        return (0,failure/* failed */.gz)({ kind: 'git-failed', message: `git ${command} failed (${how})${why}` });
    }
}

;// CONCATENATED MODULE: ./src/adapters/git-history.ts






/** How many commits deep is looked, in turn; the last is git's own number for all of them (git-fetch(1), `--depth`). */
const DEPTHS = [64, 1024, 16_384, 2_147_483_647];
/** `git merge-base` ends so when there is no common ancestor. */
const NONE_IN_COMMON = 1;
/**
 * How commits are related, whatever the depth of the clone. What a shallow clone shows may mislead: behind a commit
 * that was cut off may lie a nearer common ancestor, or the way from one commit to the other. So an answer counts only
 * when every commit that was cut off is an ancestor of it; else the commits alone, without trees, are fetched deeper
 * and deeper into a repository of their own. The clone stays as it is.
 */
class History {
    /** Knows nothing of the objects that were fetched apart: their parents are missing. */
    git;
    options;
    #made;
    /** Each fetch changes what the repository beside ours shows: one question at a time. */
    #last = Promise.resolve();
    #bases = new Map();
    constructor(git, options) {
        this.git = new GitProgram(git.folder, git.environment);
        this.options = options;
    }
    mergeBase(other) {
        const { head } = this.options;
        const known = this.#bases.get(other);
        if (known !== undefined)
            return known;
        const found = this.#settle([head, other], (graph) => bestCommonAncestor(graph, head, other));
        this.#bases.set(other, found);
        return found;
    }
    async order(commit) {
        const { head } = this.options;
        if (commit === head)
            return 'same';
        const base = await this.mergeBase(commit);
        if (base.kind === 'unknown')
            return 'unknown';
        if (base.kind === 'none')
            return 'beside';
        if (base.commit === commit)
            return 'before';
        return base.commit === head ? 'after' : 'beside';
    }
    async previousTag() {
        const { head } = this.options;
        const tags = await this.git.ask(['ls-remote', '--quiet', '--tags', '--', 'origin']);
        if (!tags.ok)
            return { kind: 'unknown', problem: new failure/* Failed */.cV(...tags.failures).message };
        // An annotated tag has a line of its own for its commit.
        const tagged = new Set(linesOf(tags.value).map((line) => line.split('\t', 1)[0] ?? ''));
        return this.#settle([head], (graph) => lastTagged(graph, head, tagged));
    }
    #settle(commits, question) {
        const answer = this.#last.then(() => (0,failure/* attempt */.CD)(() => this.#answer(commits, question)));
        this.#last = answer.catch(() => undefined);
        return answer.then((end) => end.ok ? end.value : { kind: 'unknown', problem: new failure/* Failed */.cV(...end.failures).message });
    }
    async #answer(commits, question) {
        const own = await this.#ofClone(commits);
        const answer = own && (await question(own));
        if (answer !== undefined)
            return answer;
        const { fetchFolder, head } = this.options;
        // A folder that cannot be written costs this answer, not the run.
        if (fetchFolder !== undefined)
            this.#made ??= bareBeside(this.git, fetchFolder, head).catch(() => undefined);
        const bare = await this.#made;
        if (bare === undefined)
            return unknown('the clone holds too little of the history, and more cannot be fetched');
        for (const depth of DEPTHS) {
            const fetch = ['fetch', ...FETCH, '--filter=tree:0', `--depth=${depth}`, '--', bare.url, ...commits];
            (0,failure/* demand */.wo)(await this.git.ask([`--git-dir=${bare.directory}`, ...fetch]));
            const found = await question(await this.#graph((0,external_node_path_.join)(bare.directory, 'shallow'), bare.directory));
            if (found !== undefined)
                return found;
        }
        return unknown('the history of the remote repository is cut off');
    }
    /** `undefined` when a commit is missing. A clone without blobs would fetch it with all of its history. */
    async #ofClone(commits) {
        const options = ['--no-walk', '--ignore-missing', '--missing=allow-any', '--end-of-options'];
        const present = (0,failure/* demand */.wo)(await this.git.ask(['rev-list', ...options, ...commits, '--']));
        if (linesOf(present).length !== new Set(commits).size)
            return undefined;
        const path = await this.git.ask(['rev-parse', '--path-format=absolute', '--git-path', 'shallow']);
        const shallow = textOf((0,failure/* demand */.wo)(path));
        return this.#graph(shallow);
    }
    async #graph(shallow, directory) {
        const place = directory === undefined ? [] : [`--git-dir=${directory}`];
        const cut = await (0,promises_.readFile)(shallow).catch((error) => {
            if (error.code === 'ENOENT')
                return Buffer.alloc(0);
            throw new failure/* Failed */.cV({ kind: 'git-failed', message: `${shallow} cannot be read: ${String(error)}` });
        });
        const ask = async (...args) => {
            const fine = args[0] === 'merge-base' ? [0, NONE_IN_COMMON] : [0];
            return linesOf((0,failure/* demand */.wo)(await this.git.ask([...place, ...args], '', fine)));
        };
        return { ask, cut: new Set(linesOf(cut)) };
    }
}
async function bestCommonAncestor(graph, one, other) {
    const bases = await graph.ask('merge-base', '--all', one, other);
    // Of the several ones of a criss-cross history always the same, whatever git comes upon first.
    const [commit] = bases.toSorted();
    const isCertain = commit === one || commit === other || (await isWhole(graph, [one, other], bases));
    if (!isCertain)
        return undefined;
    return commit === undefined ? { kind: 'none' } : { kind: 'found', commit };
}
/** The first tagged commit on the way back in which no commit comes before its descendants. */
async function lastTagged(graph, head, tagged) {
    const [, ...earlier] = await graph.ask('rev-list', '--date-order', head);
    const commit = earlier.find((id) => tagged.has(id));
    if (!(await isWhole(graph, [head], commit === undefined ? [] : [commit])))
        return undefined;
    return commit === undefined ? { kind: 'none' } : { kind: 'found', commit };
}
/** Whether nothing was cut off between commits and their ancestors: all that is missing are ancestors of those. */
async function isWhole({ ask, cut }, commits, ancestors) {
    if (cut.size === 0)
        return true;
    const between = await ask('rev-list', ...commits, '--not', ...ancestors);
    return !between.some((id) => cut.has(id));
}
function unknown(problem) {
    return { kind: 'unknown', problem };
}
function linesOf(bytes) {
    return bytes.toString('latin1').split('\n').filter(Boolean);
}

;// CONCATENATED MODULE: ./src/adapters/git-remote.ts
/** What `origin` has under a full name now; a repository without one has nothing there. */
async function remoteHead(ref, git) {
    // git takes a name for the end of one; the line with `^{}` tells the commit of an annotated tag.
    const listed = await git.text(['ls-remote', '--quiet', '--', 'origin', ref, `${ref}^{}`]);
    if (listed === undefined) {
        if ((await git.text(['config', 'remote.origin.url'])) === undefined)
            return { kind: 'none' };
        return { kind: 'unknown', problem: 'the remote repository does not answer' };
    }
    const heads = new Map([...listed.matchAll(/^(\S+)\t(.*)$/gm)].map(([, id = '', name]) => [name, id]));
    const commit = heads.get(`${ref}^{}`) ?? heads.get(ref);
    return commit ? { kind: 'found', commit } : { kind: 'none' };
}

// EXTERNAL MODULE: ./src/adapters/git-fetch.ts
var git_fetch = __webpack_require__(39653);
// EXTERNAL MODULE: ./src/adapters/process.ts
var process = __webpack_require__(61169);
;// CONCATENATED MODULE: ./src/adapters/git-objects.ts


/**
 * Objects of a repository, through one `git cat-file --batch`, whose answers come in the order of the questions. It is
 * started with the first question, and with the next one after it ended, and keeps nobody from ending who awaits no
 * answer.
 */
class GitObjects {
    folder;
    environment;
    #talk;
    constructor(folder, environment) {
        this.folder = folder;
        this.environment = environment;
    }
    /**
     * `name` is one that git resolves; `undefined` for what is not there. When git ends, every question that still waits
     * is rejected: one object that cannot be read spoils those that were asked for after it.
     */
    async ask(name) {
        if (name.includes('\n'))
            throw new Error(`git cannot be asked for ${JSON.stringify(name)}`);
        if (this.#talk?.isOver !== false)
            this.#talk = new Talk(this.folder, this.environment);
        return this.#talk.ask(name);
    }
    /** Lets git end when all that was asked is answered. */
    close() {
        this.#talk?.close();
        this.#talk = undefined;
    }
}
/** What is said with one process, from its start to its end. */
class Talk {
    isOver = false;
    #git;
    #reader = new AnswerReader();
    /** Questions without an answer are those from here on. */
    #next = 0;
    #questions = [];
    constructor(cwd, env) {
        this.#git = (0,process/* converse */.i)(['git', 'cat-file', '--batch'], { cwd, env }, {
            onOutput: (bytes) => {
                for (const answer of this.#reader.read(bytes))
                    this.#reply(answer);
                if (this.#isIdle())
                    this.#rest();
            },
            onEnd: (why) => {
                this.isOver = true;
                const error = new Error(`git cat-file ended (${why})`);
                for (const question of this.#questions.splice(0).slice(this.#next))
                    question.reject(error);
                this.#next = 0;
            },
        });
    }
    ask(name) {
        return new Promise((resolve, reject) => {
            if (this.#isIdle())
                this.#git.hold(true);
            this.#questions.push({ name, resolve, reject });
            this.#git.write(`${name}\n`);
        });
    }
    close() {
        this.#git.end();
    }
    #isIdle() {
        return this.#next === this.#questions.length;
    }
    #rest() {
        this.#questions = [];
        this.#next = 0;
        this.#git.hold(false);
    }
    #reply({ header, object }) {
        const question = this.#questions[this.#next];
        if (question === undefined)
            return;
        this.#next += 1;
        const { name } = question;
        // That an answer belongs to another question cannot happen, and must not go unnoticed.
        const isOther = FULL_ID.test(name) && object !== undefined && object.id !== name;
        if (!isOther && (object !== undefined || header === `${name} missing`))
            question.resolve(object);
        else
            question.reject(new Error(`git cat-file answered: ${header}`));
    }
}
const FULL_ID = /^[0-9a-f]{40,64}$/;
const NEWLINE = 0x0a;
/** Cuts what `git cat-file --batch` prints into its answers (see git-cat-file(1)), in whatever pieces it comes. */
class AnswerReader {
    #pieces = [];
    #length = 0;
    /** Bytes without which there is no further answer. */
    #needed = 1;
    /** Every answer that is complete with this piece. */
    read(piece) {
        this.#pieces.push(piece);
        this.#length += piece.length;
        if (this.#length < this.#needed)
            return [];
        const bytes = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces);
        const answers = [];
        let start = 0;
        for (;;) {
            const { answer, next } = answerAt(bytes, start);
            this.#needed = next - start;
            if (answer === undefined)
                break;
            answers.push(answer);
            start = next;
        }
        this.#pieces = start < bytes.length ? [bytes.subarray(start)] : [];
        this.#length = bytes.length - start;
        return answers;
    }
}
/** The answer that starts there, and where it ends; without an answer, the least that is missing for one. */
function answerAt(bytes, start) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end === -1)
        return { next: bytes.length + 1 };
    const header = bytes.toString('utf8', start, end);
    const [, id, type, size] = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/.exec(header) ?? [];
    if (id === undefined || type === undefined)
        return { answer: { header }, next: end + 1 };
    const next = end + 1 + Number(size) + 1;
    if (bytes.length < next)
        return { next };
    return { answer: { header, object: { id, type, bytes: bytes.subarray(end + 1, next - 1) } }, next };
}
/** As git writes them in trees → as it prints them. */
const MODES = new Map([
    ['40000', '040000'],
    ...['100644', '100755', '120000', '160000'].map((mode) => [mode, mode]),
]);
/**
 * Entries of a tree object, `<mode> <name>\0<id>` each (see gitformat-pack and git-mktree); modes as `ls-tree` prints
 * them, in six digits.
 */
function parseTreeObject(bytes, idLength) {
    const entries = [];
    let start = 0;
    while (start < bytes.length) {
        const space = bytes.indexOf(0x20, start);
        const end = bytes.indexOf(0, start);
        if (space === -1 || end < space || end + 1 + idLength > bytes.length)
            throw new Error('a tree object of git has an unknown form');
        const mode = bytes.toString('latin1', start, space);
        entries.push({
            mode: MODES.get(mode) ?? mode.padStart(6, '0'),
            name: decodePath(bytes.subarray(space + 1, end)),
            id: bytes.toString('hex', end + 1, end + 1 + idLength),
        });
        start = end + 1 + idLength;
    }
    return entries;
}

;// CONCATENATED MODULE: ./src/adapters/git-store.ts





/** What commits hold; see `GitTree` for what each answer means. */
class GitStore {
    git;
    options;
    #trees = new Map();
    #objects;
    #promisor;
    constructor(git, options) {
        this.git = git;
        this.options = options;
    }
    async root(commit) {
        let { id } = await this.#object(`${commit}^{tree}`);
        for (const part of this.options.prefix.split('/').filter(Boolean)) {
            const entry = (await this.tree(id)).find(({ name }) => name === part);
            // Absent at that commit: a folder without files, which git knows as this.
            if (entry?.mode !== '040000')
                return this.#emptyTree();
            id = entry.id;
        }
        return id;
    }
    tree(id) {
        const known = this.#trees.get(id);
        if (known !== undefined)
            return known;
        const read = this.#readTree(id);
        this.#trees.set(id, read);
        // What is not there now may be fetched later.
        read.catch(() => this.#trees.delete(id));
        return read;
    }
    async text(id) {
        return (await this.#object(id)).bytes.toString('utf8');
    }
    async prefetch(blobs) {
        if (blobs.length === 0)
            return;
        this.#promisor ??= (0,git_fetch/* promisorOf */.rC)(this.git);
        const remote = await this.#promisor;
        if (remote === undefined && this.options.apart?.isMade !== true)
            return;
        const missing = await this.#missing(blobs);
        if (missing.length === 0)
            return;
        if (remote === undefined)
            await this.options.apart?.fetchBlobs(missing);
        else
            await (0,git_fetch/* fetchBlobs */.HP)(this.git, { remote, blobs: missing });
    }
    /** Those that are not at hand. Unlike any other question, this one makes git fetch nothing. */
    async #missing(blobs) {
        const options = ['--objects', '--no-object-names', '--no-walk', '--ignore-missing', '--missing=allow-any'];
        const input = blobs.map((blob) => `${blob}\n`).join('');
        const present = new Set((await this.git.text(['rev-list', ...options, '--stdin'], input))?.split('\n'));
        return blobs.filter((blob) => !present.has(blob));
    }
    async #readTree(id) {
        if (id === this.#emptyTree())
            return [];
        const { type, bytes } = await this.#object(id);
        if (type !== 'tree')
            throw unreadable(id, `it is a ${type}, not a tree`);
        return parseTreeObject(bytes, this.options.head.length / 2);
    }
    async #object(name) {
        const object = await this.#batch()
            .ask(name)
            .catch((error) => {
            throw unreadable(name, error.message);
        });
        if (object !== undefined)
            return object;
        throw new failure/* Failed */.cV({ kind: 'git-failed', message: `git has no object ${name}; fetch it` });
    }
    /** A git that is running does not hear of object folders that were added. */
    #batch() {
        const { folder, environment } = this.git;
        if (this.#objects?.of !== environment) {
            this.#objects?.ask.close();
            this.#objects = { of: environment, ask: new GitObjects(folder, (0,git_run/* gitEnvironment */._)(environment)) };
        }
        return this.#objects.ask;
    }
    #emptyTree() {
        const algorithm = this.options.head.length === 40 ? 'sha1' : 'sha256';
        return (0,external_node_crypto_.createHash)(algorithm).update('tree 0\0').digest('hex');
    }
}
function unreadable(name, why) {
    return new failure/* Failed */.cV({ kind: 'git-failed', message: `git cannot read the object ${name}: ${why}` });
}

;// CONCATENATED MODULE: ./src/adapters/git-cli.ts













function behindLink(folder) {
    const message = `${folder} is a link or lies behind one, where git sees no files; name the folder it leads to`;
    return { kind: 'usage', message };
}
/** What the file system refused becomes a failure; anything else is one already, or a bug. */
function git_cli_unreadable(error) {
    const { code, message } = error;
    if (code === undefined)
        throw error;
    throw new failure/* Failed */.cV({ kind: 'git-failed', message: `an input cannot be read: ${message}` });
}
const STATUS_OPTIONS = [
    ...['--porcelain=v2', '-z', '--untracked-files=all', '--ignored=traditional'],
    ...['--no-renames', '--ignore-submodules=none'],
];
/** A repository on the disk, through git's own program; see `GitTree` for what each answer means. */
class GitCli {
    head;
    branch;
    place;
    #obtained = new Map();
    #git;
    #store;
    #apart;
    #history;
    constructor(place, at) {
        this.place = place;
        this.head = at.head;
        if (at.branch !== undefined)
            this.branch = at.branch;
        const { folder, prefix, options } = place;
        this.#git = new GitProgram(folder, options.environment);
        this.#apart = options.fetchFolder === undefined ? undefined : new Apart(this.#git, options.fetchFolder);
        this.#history = new History(this.#git, { head: at.head, fetchFolder: options.fetchFolder });
        this.#store = new GitStore(this.#git, { head: at.head, prefix, apart: this.#apart });
    }
    root(commit = this.head) {
        return this.#store.root(commit);
    }
    tree(id) {
        return this.#store.tree(id);
    }
    text(id) {
        return this.#store.text(id);
    }
    prefetch(blobs) {
        return this.#store.prefetch(blobs);
    }
    async hasWorkTree() {
        const answer = await this.#git.text(['rev-parse', '--is-inside-work-tree', '--git-path', 'index']);
        const [isInside, ...index] = (answer ?? '').split('\n');
        // Without an index nothing was ever checked out.
        return isInside === 'true' && (await exists((0,external_node_path_.resolve)(this.place.folder, index.join('\n'))));
    }
    async differing(folders, submodules) {
        if (folders.length === 0)
            return (0,failure.ok)([]);
        return (0,failure/* attempt */.CD)(async () => (0,failure/* demand */.wo)(await this.#differing(folders, submodules).catch(git_cli_unreadable)));
    }
    async look(paths) {
        return lookAll(this.place.folder, paths).catch(git_cli_unreadable);
    }
    async folderOnDisk(path) {
        return folderAt(this.place.folder, path).catch(git_cli_unreadable);
    }
    async extentsOnDisk(paths) {
        return extentsAt(this.place.folder, paths).catch(git_cli_unreadable);
    }
    async sha256OnDisk(path) {
        return sha256Of(this.place.folder, path).catch(git_cli_unreadable);
    }
    async submodule(path) {
        const folder = (0,external_node_path_.join)(this.place.folder, path);
        const { environment } = this.place.options;
        const end = await (0,git_run/* git */.$)(folder, { environment }, ['rev-parse', 'HEAD', '--show-prefix']).catch(() => undefined);
        if (end?.kind !== 'exited' || end.exitCode !== 0)
            return undefined;
        const [head = '', prefix] = textOf(end.stdout).split('\n');
        // With a prefix it is still our own repository that answers.
        return prefix === undefined || prefix === ''
            ? new GitCli({ folder, prefix: '', options: { environment } }, { head })
            : undefined;
    }
    async textOnDisk(path) {
        return (0,promises_.readFile)(encodePath((0,external_node_path_.join)(this.place.folder, path)), 'utf8').catch(git_cli_unreadable);
    }
    async onDisk(paths) {
        const algorithm = this.head.length === 40 ? 'sha1' : 'sha256';
        return (0,failure/* attempt */.CD)(() => hashFiles(this.place.folder, paths, algorithm).catch(git_cli_unreadable));
    }
    async files() {
        const listed = await this.#git.ask(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
        // A file in a conflict is listed once for each of its versions.
        return listed.ok ? (0,failure.ok)([...new Set(parsePaths(listed.value))]) : listed;
    }
    async read(path) {
        try {
            return (0,failure.ok)(await (0,promises_.readFile)((0,external_node_path_.join)(this.place.folder, path), 'utf8'));
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
        const status = await this.#git.ask(['status', ...STATUS_OPTIONS, '--', ...paths]);
        if (!status.ok)
            return status;
        const { prefix } = this.place;
        const inside = parseStatus(status.value).filter((path) => path.startsWith(prefix));
        return (0,failure.ok)(inside.map((path) => path.slice(prefix.length)));
    }
    /** Asked for by several steps of a run, to which it must stay the same commit. */
    obtain(commit) {
        const known = this.#obtained.get(commit) ?? this.#obtain(commit);
        this.#obtained.set(commit, known);
        return known;
    }
    async #obtain(commit) {
        const isId = /^[0-9a-f]{40,64}$/.test(commit);
        const present = isId ? await this.#present(commit) : await this.#commitId(commit);
        if (present !== undefined || this.#apart === undefined || !isId)
            return present;
        await this.#apart.fetchCommit(commit);
        return this.#present(commit);
    }
    mergeBase(other) {
        return this.#history.mergeBase(other);
    }
    order(commit) {
        return this.#history.order(commit);
    }
    previousTag() {
        return this.#history.previousTag();
    }
    remoteHead(ref) {
        return remoteHead(ref, this.#git);
    }
    async parents() {
        // The commit's own text names its parents even where a shallow clone has cut them off.
        return [...(await this.#header()).matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, id = '']) => id);
    }
    async committedAt() {
        const [, seconds] = /^committer .*> (\d+) [-+]\d{4}$/m.exec(await this.#header()) ?? [];
        if (seconds !== undefined)
            return Number(seconds) * 1000;
        throw new failure/* Failed */.cV({ kind: 'git-failed', message: `git does not tell when ${this.head} was committed` });
    }
    /** What a commit's text says before its message. */
    async #header() {
        return /^[^]*?(?=\n\n)/.exec((await this.#git.text(['cat-file', 'commit', this.head])) ?? '')?.[0] ?? '';
    }
    /** The commit of this id. A clone without blobs would fetch one that is missing with all of its history. */
    async #present(id) {
        const options = ['--no-walk', '--ignore-missing', '--missing=allow-any', '--end-of-options'];
        const found = await this.#git.text(['rev-list', ...options, id, '--']);
        return found === undefined || found === '' ? undefined : found;
    }
    async #commitId(name) {
        const args = ['rev-parse', '--verify', '--quiet', '--end-of-options'];
        return (await this.#git.text([...args, `${name}^{commit}`]))?.trim();
    }
    async #differing(folders, submodules) {
        const walked = new Set(submodules);
        for (const folder of folders) {
            const way = await wayTo(this.place.folder, folder);
            if (way === 'link')
                return (0,failure/* failed */.gz)(behindLink(folder));
            if (way === 'nested')
                walked.add(folder);
        }
        const asked = folders.includes('') ? ['.'] : folders;
        const [status, hidden] = await Promise.all([
            this.uncommitted(asked),
            this.#git.ask(['ls-files', '-z', '-v', '--cached', '--', ...asked]),
        ]);
        if (!status.ok)
            return status;
        if (!hidden.ok)
            return hidden;
        const { assumed, skipped } = parseHidden(hidden.value);
        const paths = new Set([...assumed, ...(await this.look(skipped)).keys()]);
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
}
async function exists(path) {
    return (await (0,promises_.stat)(path).catch(() => undefined)) !== undefined;
}

;// CONCATENATED MODULE: ./src/adapters/git-open.ts







/** `environment-missing` without git, `usage` outside of a repository or before its first commit. */
async function openRepository(folder, options) {
    if (!(await isFolder(folder)))
        return (0,failure/* failed */.gz)({ kind: 'usage', message: `${folder} is not a folder` });
    // Apart, as each of the two paths may hold line breaks.
    const [end, common] = await Promise.all([
        (0,git_run/* git */.$)(folder, options, ['rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD', '--show-prefix']),
        (0,git_run/* git */.$)(folder, options, ['rev-parse', '--path-format=absolute', '--git-common-dir']),
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
    const { head, branch, prefix } = headOf(end.stdout);
    const isBelow = options.atTop === true && prefix !== '';
    const up = prefix.split('/').filter(Boolean);
    const root = isBelow ? (0,external_node_path_.resolve)(folder, ...up.map(() => '..')) : folder;
    const place = { folder: root, prefix: isBelow ? '' : prefix, options };
    return (0,failure.ok)({
        git: new GitCli(place, { head, ...(branch !== undefined && { branch }) }),
        root,
        commonDirectory: textOf(common.stdout),
    });
}
/** Commit, full name of the branch or `HEAD`, and prefix, a line each; only the prefix may have line breaks. */
function headOf(stdout) {
    const [head = '', reference = ''] = stdout.toString('utf8').split('\n', 2);
    const before = Buffer.byteLength(`${head}\n${reference}\n`);
    const prefix = decodePath(stdout.subarray(before, -1));
    return { head, branch: /^refs\/heads\/(.*)$/s.exec(reference)?.[1], prefix };
}
async function isFolder(path) {
    const stats = await (0,promises_.stat)(path).catch(() => undefined);
    return stats?.isDirectory() === true;
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


/***/ }),

/***/ 88640:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ git),
/* harmony export */   _: () => (/* binding */ gitEnvironment)
/* harmony export */ });
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61169);

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
/** Environment for git in which its user's settings have no say in what it prints. */
function gitEnvironment(environment) {
    const fixed = { LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '1', GIT_TERMINAL_PROMPT: '0' };
    const env = { ...environment, ...fixed };
    for (const name of OF_HOOKS)
        env[name] = undefined;
    return env;
}
/** Runs git in a folder of a repository; `input` is written to its standard input. */
function git(folder, { environment, input }, args) {
    const env = gitEnvironment(environment);
    return (0,_process_js__WEBPACK_IMPORTED_MODULE_0__/* .run */ .e)('git', [...SETTINGS, ...args], { cwd: folder, env, ...(input !== undefined && { input }) });
}


/***/ }),

/***/ 32269:
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

/***/ 99289:
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

/***/ 71535:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ LayoutLayers)
/* harmony export */ });
/** Keeps layers as layouts are kept, under the name that `nameOf` gives to what was built. */
class LayoutLayers {
    layouts;
    service;
    nameOf;
    #problems = [];
    constructor(layouts, service, nameOf = (built) => built) {
        this.layouts = layouts;
        this.service = service;
        this.nameOf = nameOf;
    }
    access() {
        return this.service.access();
    }
    fetch(built) {
        return this.layouts.fetch(this.nameOf(built));
    }
    place(built) {
        return this.layouts.place(this.nameOf(built));
    }
    async keep(built, place) {
        const kept = await this.layouts.keep(this.nameOf(built), place);
        if (!kept.ok)
            this.#problems.push(...kept.failures.map(({ message }) => message));
    }
    async problems() {
        const problems = [...this.#problems, ...(await this.layouts.problems())];
        this.#problems = [];
        return problems;
    }
}


/***/ }),

/***/ 32005:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ machine)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(53916);
// EXTERNAL MODULE: ./src/model/failure.ts
var model_failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/adapters/docker-engine.ts
var docker_engine = __webpack_require__(52857);
// EXTERNAL MODULE: ./src/adapters/process.ts
var process = __webpack_require__(61169);
;// CONCATENATED MODULE: ./src/adapters/bake-print.ts








/** Reading takes a third of a second; a file that lets bake go round in circles must not hold up a run. */
const TIMEOUT_MS = 30_000;
/** `docker buildx bake --print`, on copies of the files; asks neither the engine nor a builder. */
class BakePrint {
    options;
    constructor(options) {
        this.options = options;
    }
    async print(request) {
        const room = await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'smart-image-build-'));
        const agent = (0,external_node_net_.createServer)().listen((0,external_node_path_.join)(room, 'agent'));
        try {
            const root = (0,external_node_path_.join)(room, 'files');
            await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.join)(root, request.folder), { recursive: true });
            for (const [path, text] of request.texts) {
                await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)((0,external_node_path_.join)(root, path)), { recursive: true });
                await (0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(root, path), text);
            }
            return await this.#print(request, { cwd: (0,external_node_path_.join)(root, request.folder), agent: (0,external_node_path_.join)(room, 'agent') });
        }
        finally {
            agent.close();
            await (0,external_node_fs_promises_.rm)(room, { recursive: true, force: true });
        }
    }
    async #print(request, room) {
        const { environment, timeoutMs = TIMEOUT_MS } = this.options;
        const timeout = AbortSignal.timeout(timeoutMs);
        const end = await (0,process/* run */.e)('docker', argumentsOf(request), {
            cwd: room.cwd,
            // bake wants an agent for `ssh`, which it does not talk to here.
            env: { ...environment, ...WITHOUT_TELEMETRY, SSH_AUTH_SOCK: room.agent },
            signal: AbortSignal.any([request.signal, timeout]),
        });
        if (request.signal.aborted)
            return (0,model_failure/* failed */.gz)({ kind: 'interrupted', message: 'stopped' });
        if (end.kind === 'exited' && end.exitCode === 0)
            return (0,model_failure.ok)(end.stdout.toString('utf8'));
        return (0,model_failure/* failed */.gz)(failureOf(request, end, timeout.aborted));
    }
}
/** A client that is to report to a collector which does not answer waits 10 seconds for it at its end. */
const WITHOUT_TELEMETRY = { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' };
function argumentsOf({ folder, files, targets }) {
    return [
        ...['buildx', 'bake', '--print', '--progress=quiet'],
        // bake wants the files of secrets to be there.
        '--set=*.secrets=',
        ...files.map((file) => `--file=${(0,posix_.relative)(folder, file)}`),
        ...['--', ...targets],
    ];
}
function failureOf({ files, folder }, end, isLate) {
    if (end.kind === 'missing')
        return (0,docker_engine/* noDocker */.gU)();
    if (/is not a docker command|unknown (?:command|flag|shorthand)/i.test(end.stderr)) {
        const message = `${files.join(', ')}: Docker has no buildx that can read it; install one (docker/setup-buildx-action, or the package docker-buildx)`;
        return { kind: 'environment-missing', message };
    }
    const said = end.stderr.replaceAll(/^ERROR: /gm, '').trim();
    const why = isLate ? 'bake did not come to an end' : said || 'bake ended without a word';
    const place = placeIn(said, { files, folder });
    return { kind: 'config-invalid', message: `${files.join(', ')} cannot be read: ${why}`, place };
}
/** Where bake says it is (`docker-bake.hcl:3,12-13`), else the start of the first file. */
function placeIn(said, { files, folder }) {
    for (const file of files) {
        const start = `${(0,posix_.relative)(folder, file)}:`;
        const at = said
            .split('\n')
            .find((line) => line.startsWith(start) && /^\d+,\d+/.test(line.slice(start.length)));
        const [line = 1, column = 1] = at?.slice(start.length).match(/\d+/g)?.map(Number) ?? [];
        if (at !== undefined)
            return { file, line, column };
    }
    return { file: files[0] ?? '', line: 1, column: 1 };
}

// EXTERNAL MODULE: ./src/model/buildx-options.ts
var buildx_options = __webpack_require__(35426);
;// CONCATENATED MODULE: ./src/adapters/bake-definition.ts

/**
 * Options of `docker buildx build` → the same in a target (`bake/bake.go`, `commands/build.go` of docker/buildx). An
 * image with any other option is built by itself: those that are missing mean something else in a target, or need to be
 * allowed on the command line once more.
 */
const KEYS = {
    '--platform': ['platforms', 'list'],
    '--label': ['labels', 'map'],
    '--build-arg': ['args', 'map'],
    '--build-context': ['contexts', 'map'],
    '--target': ['target', 'text'],
    '--annotation': ['annotations', 'list'],
    '--secret': ['secret', 'list'],
    '--ssh': ['ssh', 'list'],
    '--provenance': ['attest', 'list', (value) => attest('provenance', value)],
    '--sbom': ['attest', 'list', (value) => attest('sbom', value)],
    '--network': ['network', 'text'],
    '--shm-size': ['shm-size', 'text'],
    '--ulimit': ['ulimits', 'list'],
    '--no-cache': ['no-cache', 'word'],
    '--no-cache-filter': ['no-cache-filter', 'list'],
    '--pull': ['pull', 'word'],
    '--cache-from': ['cache-from', 'list'],
    '--cache-to': ['cache-to', 'list'],
};
/** The same as buildx makes of these two (`CanonicalizeAttest`), which a target does not have. */
function attest(type, value) {
    if (/^(?:1|t|T|TRUE|true|True)$/.test(value))
        return `type=${type},disabled=false`;
    if (/^(?:0|f|F|FALSE|false|False)$/.test(value))
        return `type=${type},disabled=true`;
    return `type=${type},${value}`;
}
/** The target that makes the same image as `docker buildx build`; `undefined` where there is none for certain. */
function bakeTarget(request, { root, layouts }) {
    const options = pairsOf(request.options);
    const outputs = outputsOf(request);
    if (options === undefined || outputs === undefined)
        return undefined;
    const target = new Target();
    target.add('context', 'text', (0,external_node_path_.join)(root, request.context));
    target.add('dockerfile', 'text', (0,external_node_path_.join)(root, request.file));
    for (const tag of request.tags)
        target.add('tags', 'list', tag);
    for (const output of outputs)
        target.add('output', 'list', output);
    for (const [option, value] of options) {
        const [key, kind, write] = KEYS[option] ?? [];
        if (key === undefined || kind === undefined)
            return undefined;
        // A target needs to be allowed the network of the host, where `docker buildx build` is.
        if (option === '--network' && value === 'host')
            return undefined;
        for (const part of option === '--platform' ? value.split(',') : [value])
            target.add(key, kind, write === undefined ? part : write(part));
    }
    for (const [name, layout] of Object.entries(layouts))
        target.add('contexts', 'map', `${name}=${layout}`);
    return target.written();
}
/** One output: of several buildx 0.29 writes wrong layouts. As with `docker buildx build`, none means the cache alone. */
function outputsOf(request) {
    const { push, load, layout } = request;
    const outputs = [
        ...(push ? [pushOutput(request)] : []),
        ...(load ? ['type=docker'] : []),
        ...(layout === undefined ? [] : [layoutOutput(layout)]),
    ];
    if (outputs.length === 0)
        return ['type=cacheonly'];
    return outputs.length === 1 ? outputs : undefined;
}
/**
 * The engine, and containerd, would keep and unpack what they push (BuildKit, "Image and registry exporters"): a
 * twentieth of the time that small images take, and a disk that fills.
 */
function pushOutput({ isKept }) {
    return isKept === true ? 'type=image,push=true' : 'type=image,push=true,store=false';
}
/** A field of CSV: the path may have commas and quotes. */
function layoutOutput(folder) {
    return `type=oci,"dest=${folder.replaceAll('"', '""')}",tar=false`;
}
/** Which builder does it is said for all targets, see `builderOf`. */
function pairsOf(options) {
    const pairs = [];
    for (let at = 0; at < options.length; at += 1) {
        const option = options[at] ?? '';
        const isWord = KEYS[option]?.[1] === 'word';
        const value = isWord ? '' : options[(at += 1)];
        if (value === undefined)
            return undefined;
        if (option !== '--builder')
            pairs.push([option, value]);
    }
    return pairs;
}
function builderOf({ options }) {
    const at = options.lastIndexOf('--builder');
    return at === -1 ? undefined : options[at + 1];
}
/** Gathers what a target holds, and whether it may. */
class Target {
    #keys = new Map();
    #isCertain = true;
    add(key, kind, value) {
        if (!survives(value))
            this.#isCertain = false;
        const before = this.#keys.get(key);
        if (kind === 'word')
            this.#keys.set(key, true);
        else if (kind === 'text')
            this.#keys.set(key, value);
        else if (kind === 'list')
            this.#keys.set(key, [...(Array.isArray(before) ? before : []), value]);
        else
            this.#put(key, before instanceof Map ? before : new Map(), value);
    }
    #put(key, map, pair) {
        const at = pair.indexOf('=');
        const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
        // Without a value it stands for a variable of the environment.
        if (at < 1 || (key === 'contexts' && !isPlainContext(name, value)))
            this.#isCertain = false;
        this.#keys.set(key, map.set(name, value));
    }
    written() {
        if (!this.#isCertain)
            return undefined;
        return Object.fromEntries([...this.#keys].map(([key, value]) => [key, writtenValue(value)]));
    }
}
/** bake takes names of contexts as they are, where `docker buildx build` shortens them, and has sources of its own. */
function isPlainContext(name, source) {
    return !/^(?:(?:index\.)?docker\.io|library)\/|:latest$/.test(name) && !/^(?:target|cwd):/.test(source);
}
/** HCL brings text into Unicode's normal form C, in which a file may have another name, and drops a byte order mark. */
function survives(text) {
    return text === Buffer.from(text).toString('utf8').normalize('NFC') && !text.includes('\ufeff');
}
function writtenValue(value) {
    if (value === true)
        return true;
    if (typeof value === 'string')
        return literal(value);
    if (value instanceof Map)
        return Object.fromEntries([...value].map(([name, text]) => [literal(name), literal(text)]));
    return value.map(literal);
}
/** Each string of a definition, names of keys included, is a template of HCL. */
function literal(text) {
    return text.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
}

;// CONCATENATED MODULE: ./src/adapters/build-fault.ts
/** A command of the Dockerfile ran and failed; its text, which anything may stand in, is part of the error. */
const COMMAND_FAILED = /did not complete successfully/;
const DISK = /no space left on device/i;
/** BuildKit's names for its own steps around a layer cache; the second is that of `type=gha`. */
const EXPORT_STEP = /^exporting (?:cache|to GitHub Actions Cache)/;
const EXPORT = /failed to (?:export|reserve|finalize) cache|error writing (?:layer blob|manifest blob|config)/;
const IMPORT_STEP = /^importing cache manifest/;
/**
 * A layer that the cache's index lists and its store has no more (moby/buildkit#2332, docker/buildx#3374), or does not
 * give out any longer (docker/bake-action#313); such layers are fetched late, also within a push.
 */
const IMPORT = /BlobNotFound|AuthenticationFailed|failed to configure \S+ cache importer|blob (?:sha256:[0-9a-f]+ )?not found|\/actions-cache\/[^]*RESPONSE 4\d\d/;
/** The second is the step of the engine without the containerd image store. */
const PUSH = /failed to push/;
const PUSH_STEP = /^pushing /;
/** Go's words for a connection that broke, and those of RFC 9110 and the registries' own code for an answer. */
const TRANSIENT = /: (?:429|5\d\d) [A-Z]|toomanyrequests|connection re(?:set|fused)|broken pipe|use of closed network connection|\bEOF\b|i\/o timeout|TLS handshake timeout|connection timed out/;
/** gRPC's words for a daemon that is gone, and buildx's for one that it cannot reach. */
const BUILDER = /code = Unavailable|failed to solve: Unavailable: |graceful_stop|transport is closing|failed to dial|client connection is closing|^ERROR: (?:failed to build: )?context deadline exceeded/;
/** Doubt is `code`, which is never tried again. */
function causeOf({ text, step, tail }) {
    if (COMMAND_FAILED.test(text))
        return tail.some((line) => DISK.test(line)) ? 'disk' : 'code';
    if (DISK.test(text))
        return 'disk';
    if (EXPORT_STEP.test(step) || EXPORT.test(text))
        return 'cache-export';
    if (IMPORT_STEP.test(step) || IMPORT.test(text))
        return 'cache-import';
    if ((PUSH.test(text) || PUSH_STEP.test(step)) && TRANSIENT.test(text))
        return 'registry';
    return BUILDER.test(text) ? 'builder' : 'code';
}
const UNITS = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
/** GitHub's registry says when to come again, as a duration of Go: `retry-after: 1m2.5s, allowed: 44000/minute`. */
function retryAfterOf(text) {
    const [, duration] = /retry-after: ((?:[\d.]+(?:h|ms|µs|m|s))+)/i.exec(text) ?? [];
    if (duration === undefined)
        return undefined;
    const parts = [...duration.matchAll(/([\d.]+)(h|ms|µs|m|s)/g)];
    return Math.ceil(parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0.001), 0));
}

;// CONCATENATED MODULE: ./src/adapters/build-counts.ts
/** `[build 2/5] RUN make`, with the platform before the stage's name where there are several: BuildKit's Dockerfile frontend. */
const INSTRUCTION = /^\[(?:[^\]]* )?\d+\/\d+\] (?!FROM )/;
/** Steps and bytes of one build, added up from what BuildKit reports of each. */
class BuildCounts {
    #steps = new Map();
    /** Of each transfer the most that was reported. */
    #context = new Map();
    #pushed = new Map();
    ranBefore;
    /** `ranBefore`: names of steps that do not count as cached, whatever BuildKit says. */
    constructor(ranBefore = new Set()) {
        this.ranBefore = ranBefore;
    }
    /** Names of the steps that ran to their end, now or before. */
    get ran() {
        const ran = [...this.#steps.values()].filter(({ isDone, isCached }) => isDone && !isCached);
        return new Set(ran.map(({ name }) => name));
    }
    get status() {
        const steps = [...this.#steps.values()];
        return {
            steps: steps.length,
            done: steps.filter(({ isDone }) => isDone).length,
            cached: steps.filter(({ isCached }) => isCached).length,
            contextBytes: total(this.#context),
            pushedBytes: total(this.#pushed),
        };
    }
    /** Whether anything was news. */
    take(vertexes, statuses) {
        const steps = vertexes.filter(({ name }) => INSTRUCTION.test(name));
        for (const { digest, name, completed, cached, error } of steps) {
            const before = this.#steps.get(digest);
            const isDone = completed !== undefined && !error;
            const isCached = (cached === true || before?.isCached === true) && !this.ranBefore.has(name);
            this.#steps.set(digest, { name, isDone, isCached });
        }
        const transfers = statuses.flatMap((status) => {
            const counted = this.#countOf(status);
            return counted === undefined ? [] : [{ counted, status }];
        });
        for (const { counted, status } of transfers) {
            const key = `${status.vertex} ${status.id}`;
            counted.set(key, Math.max(counted.get(key) ?? 0, status.current ?? 0));
        }
        return steps.length + transfers.length > 0;
    }
    /** The ids are BuildKit's for a context, also for the folder of `.dockerignore`, and buildx's for a layer that the engine pushes. */
    #countOf({ id }) {
        if (id === 'transferring context:')
            return this.#context;
        return id.startsWith('pushing layer ') ? this.#pushed : undefined;
    }
}
function total(counted) {
    return [...counted.values()].reduce((sum, count) => sum + count, 0);
}

;// CONCATENATED MODULE: ./src/adapters/solve-status.ts
/** `undefined` for what is not JSON, such as the final error. */
function parseSolveStatus(line) {
    if (!line.startsWith('{'))
        return undefined;
    try {
        return JSON.parse(line);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./src/adapters/build-progress.ts


/** How many lines of a build's log are kept for the case that it fails. */
const KEPT = 300;
/** How many of those that one step printed. */
const KEPT_OF_STEP = 40;
/**
 * Turns buildx's rawjson progress into lines for people: a step when it starts, its output, a word when it is cached,
 * warnings. What is not JSON, such as the final error, comes through as it is. Counts steps and bytes besides.
 */
class BuildProgress {
    log = [];
    #started = new Set();
    /** Bytes after a step's last line end: a chunk may end within a character. */
    #partial = new Map();
    /** The last lines that each step printed. */
    #printed = new Map();
    #counts;
    /** The step that failed: BuildKit cancels others for it, and says so of them afterwards. */
    #failed;
    /** What buildx itself said, from its last `ERROR:` on. */
    #error = [];
    listeners;
    /** `ran`: names of steps that an earlier try ran: what the builder kept of them is no merit of earlier builds. */
    constructor(listeners, ran) {
        this.listeners = listeners;
        this.#counts = new BuildCounts(ran);
    }
    /** Names of the steps that ran to their end. */
    get ran() {
        return this.#counts.ran;
    }
    get status() {
        return this.#counts.status;
    }
    get error() {
        const { digest = '', name = '', error = '' } = this.#failed ?? {};
        const text = [...this.#error, error].join('\n').trim();
        return { text, step: name, tail: this.#printed.get(digest) ?? [] };
    }
    /** Takes one line of buildx's standard error. */
    take(line) {
        const status = parseSolveStatus(line);
        if (status === undefined)
            this.#say(line);
        else
            this.takeStatus(status);
    }
    takeStatus(status) {
        for (const vertex of status.vertexes ?? [])
            this.#step(vertex);
        for (const { vertex, data } of status.logs ?? [])
            this.#output(vertex, Buffer.from(data, 'base64'));
        for (const { digest, completed } of status.vertexes ?? [])
            if (completed !== undefined)
                this.#flush(digest);
        for (const warning of status.warnings ?? [])
            this.#emit(`warning: ${Buffer.from(warning.short, 'base64').toString('utf8')}`);
        if (this.#counts.take(status.vertexes ?? [], status.statuses ?? []))
            this.listeners.onStatus(this.status);
    }
    #say(line) {
        if (line.trim() === '')
            return;
        if (line.startsWith('ERROR:'))
            this.#error = [line];
        else if (this.#error.length > 0)
            this.#error.push(line);
        this.#emit(line, true);
    }
    #step(vertex) {
        if (vertex.error && this.#failed === undefined && !/context canceled$/.test(vertex.error))
            this.#failed = vertex;
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
            this.#print(vertex, line.replace(/\r$/, ''));
    }
    #flush(vertex) {
        const rest = this.#partial.get(vertex)?.toString('utf8') ?? '';
        this.#partial.delete(vertex);
        if (rest !== '')
            this.#print(vertex, rest);
    }
    #print(vertex, line) {
        const printed = this.#printed.get(vertex) ?? [];
        this.#printed.set(vertex, printed);
        printed.push(line);
        if (printed.length > KEPT_OF_STEP)
            printed.shift();
        this.#emit(`  ${line}`, true);
    }
    #emit(text, isOutput = false) {
        this.log.push(text);
        if (this.log.length > KEPT)
            this.log.shift();
        this.listeners.onLine({ text, isOutput });
    }
}

;// CONCATENATED MODULE: ./src/adapters/buildx-files.ts


/** What buildx wrote to `--metadata-file`; empty when it wrote none. */
async function readMetadata(path) {
    const text = await (0,external_node_fs_promises_.readFile)(path, 'utf8').catch(() => '{}');
    return JSON.parse(text);
}
/** The digest that the metadata of one build names; `undefined` when nothing was exported. */
function digestOf(metadata) {
    const value = metadata['containerimage.digest'];
    return typeof value === 'string' ? value : undefined;
}
/**
 * Name of a build context → the layout that it is, as buildx takes it. buildx ends the path of a layout at the first `:`
 * or `@`: each is handed over under a path of ours in this folder, without any.
 */
async function layoutSources({ layouts }, folder) {
    await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true });
    const sources = Object.entries(layouts).map(async ([name, layout], index) => {
        const link = (0,external_node_path_.join)(folder, `layout-${index}`);
        await (0,external_node_fs_promises_.symlink)(layout.folder, link, 'dir');
        return [name, `oci-layout://${link}@${layout.digest}`];
    });
    return Object.fromEntries(await Promise.all(sources));
}

;// CONCATENATED MODULE: ./src/adapters/docker-disk.ts



/** Drivers whose builders keep what they make where the engine does (docker/buildx, `driver/`). */
const WITH_ENGINE = /^Driver:\s*(?:docker|docker-container)\s*$/m;
/**
 * What is left where the named or the current builder keeps images and layers. `undefined` for one elsewhere, such as in
 * the virtual machine of Docker Desktop: a folder of the same name here would be another one.
 */
async function freeSpace(environment, builder) {
    const inspect = ['buildx', 'inspect', ...(builder === undefined ? [] : [builder])];
    const inspected = await (0,process/* run */.e)('docker', inspect, { env: environment });
    if (inspected.kind !== 'exited' || !WITH_ENGINE.test(inspected.stdout.toString('utf8')))
        return undefined;
    const end = await (0,process/* run */.e)('docker', ['info', '--format', '{{.Name}}\t{{.DockerRootDir}}'], { env: environment });
    if (end.kind !== 'exited' || end.exitCode !== 0)
        return undefined;
    const [machine, folder = ''] = end.stdout.toString('utf8').trim().split('\t');
    if (machine !== (0,external_node_os_.hostname)() || folder === '')
        return undefined;
    const stats = await (0,external_node_fs_promises_.statfs)(folder).catch(() => undefined);
    return stats && { folder, bytes: stats.bavail * stats.bsize };
}

;// CONCATENATED MODULE: ./src/adapters/dockerfile-place.ts

/** Under the line that names a place buildx rules one off, then it shows the instruction, its lines numbered. */
const RULE = /^-{20}$/;
const HEAD = /^(\S.*):(\d+)$/;
/**
 * The instruction that failed, where buildx shows it among its last lines, under `Dockerfile:12`. `log` has what steps printed
 * indented; `file` is the Dockerfile's path in the repository. buildx says no more than the name of the file: what is called
 * otherwise, such as a remote Dockerfile, is no place in the repository.
 */
function dockerfilePlace(log, file) {
    const lines = log.flatMap((line, index) => {
        const [, name = '', number] = HEAD.exec(line) ?? [];
        return RULE.test(log[index + 1] ?? '') && (0,posix_.basename)(name) === (0,posix_.basename)(file) ? [Number(number)] : [];
    });
    const line = lines.at(-1);
    return line === undefined ? undefined : { file, line, column: 1 };
}

;// CONCATENATED MODULE: ./src/adapters/bake-progress.ts

/** How much of what a step printed is kept for a build that has the same step and comes to it later. */
const bake_progress_KEPT = 300;
/**
 * Tells each of several builds in one process of `docker buildx bake` what concerns it. buildx puts the name of the
 * target before that of each step; all else names the step alone.
 */
class BakeProgress {
    builds;
    now;
    #steps = new Map();
    #lastHeard = new Map();
    #said = [];
    /** `builds`: by the name of the target. */
    constructor(builds, now) {
        this.builds = builds;
        this.now = now;
    }
    /** What is no progress of a step: of all builds, or of the one that failed. */
    get said() {
        return this.#said;
    }
    /** When a step of the target was last heard of. */
    lastHeardOf(target) {
        return this.#lastHeard.get(target);
    }
    /** Takes one line of buildx's standard error. */
    take(line) {
        const status = parseSolveStatus(line);
        if (status === undefined) {
            this.#said.push(line);
            return;
        }
        for (const vertex of status.vertexes ?? [])
            this.#vertex(vertex);
        for (const log of status.logs ?? [])
            this.#log(log);
        for (const warning of status.warnings ?? [])
            this.#warning(warning);
        for (const one of status.statuses ?? [])
            for (const owner of this.#steps.get(one.vertex)?.owners ?? [])
                owner.takeStatus({ statuses: [one] });
    }
    /** What no target has, such as a login, is told of none. */
    #vertex(vertex) {
        const { target = '', name = '' } = /^\[(?<target>[^\s\]]+)(?<name>[ \]] ?.*)$/s.exec(vertex.name)?.groups ?? {};
        const owner = this.builds.get(target);
        if (owner === undefined)
            return;
        this.#lastHeard.set(target, this.now());
        const step = this.#step(vertex.digest);
        const isNew = !step.owners.has(owner);
        step.owners.add(owner);
        const own = { ...vertex, name: name.startsWith(']') ? name.slice(2) : `[${name.slice(1)}` };
        owner.takeStatus({ vertexes: [own], logs: isNew ? step.logs : [] });
    }
    #log(log) {
        const step = this.#step(log.vertex);
        const id = `${log.timestamp} ${log.stream} ${log.data.length}`;
        if (step.heard.has(id))
            return;
        step.heard.add(id);
        step.logs.push(log);
        if (step.logs.length > bake_progress_KEPT)
            step.logs.shift();
        for (const owner of step.owners)
            owner.takeStatus({ logs: [log] });
    }
    #warning(warning) {
        const step = this.#step(warning.vertex);
        if (step.heard.has(warning.short))
            return;
        step.heard.add(warning.short);
        for (const owner of step.owners)
            owner.takeStatus({ warnings: [warning] });
    }
    #step(digest) {
        const step = this.#steps.get(digest) ?? { owners: new Set(), heard: new Set(), logs: [] };
        this.#steps.set(digest, step);
        return step;
    }
}

;// CONCATENATED MODULE: ./src/adapters/buildx-bake.ts








/** Variables that would let a definition mean something else, and those that a build of one image is given, too. */
const ENVIRONMENT = {
    // The definition is ours, and names no file that `docker buildx build` would not be given.
    BUILDX_BAKE_ENTITLEMENTS_FS: '0',
    BUILDX_BAKE_FILE_RELATIVE_PATHS: 'false',
    BUILDX_METADATA_PROVENANCE: 'disabled',
};
/** Builds of which one process can do at once what is asked; each list that is returned has one or more. */
function shareable(builds) {
    const lists = [];
    for (const build of builds) {
        const list = lists.find((others) => others.every((other) => fit(other, build)));
        if (list === undefined)
            lists.push([build]);
        else
            list.push(build);
    }
    return lists;
}
function fit(one, other) {
    const values = other.request.environment;
    return (one.watch.signal === other.watch.signal &&
        builderOf(one.request) === builderOf(other.request) &&
        Object.entries(one.request.environment).every(([name, value]) => (values[name] ?? value) === value));
}
/** Whether a target of bake makes what is asked. */
function isBakeable(request, root) {
    const names = Object.keys(request.layouts);
    return (bakeTarget(request, { root, layouts: Object.fromEntries(names.map((name) => [name, name])) }) !==
        undefined);
}
/** Builds all with one `docker buildx bake`; they fit together, and each is bakeable. */
async function bake(builds, options) {
    const folder = await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'smart-image-build-'));
    try {
        const targets = await Promise.all(builds.map(async (build, index) => {
            const { request, watch } = build;
            const name = `t${index}`;
            const layouts = await layoutSources(request, (0,external_node_path_.join)(folder, name));
            const definition = bakeTarget(request, { root: options.root, layouts });
            if (definition === undefined)
                throw new Error(`${request.service} is no target of bake`);
            return { build, name, definition, progress: new BuildProgress(watch) };
        }));
        return await bakeIn(folder, targets, options);
    }
    finally {
        await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function bakeIn(folder, targets, options) {
    const { root, environment, now } = options;
    const [file, metadata] = [(0,external_node_path_.join)(folder, 'bake.json'), (0,external_node_path_.join)(folder, 'metadata.json')];
    // Only this user may read it, being in a folder of `mkdtemp`: build arguments may be nobody else's business.
    const definitions = targets.map(({ name, definition }) => [name, definition]);
    await (0,external_node_fs_promises_.writeFile)(file, JSON.stringify({ target: Object.fromEntries(definitions) }));
    const progress = new BakeProgress(new Map(targets.map((target) => [target.name, target.progress])), now);
    const started = now();
    const [first] = targets;
    const builder = first && builderOf(first.build.request);
    const given = targets.flatMap(({ build }) => Object.entries(build.request.environment));
    const end = await (0,process/* run */.e)('docker', [
        ...['buildx', 'bake', '--progress=rawjson', '--metadata-file', metadata, '--file', file],
        ...(builder === undefined ? [] : ['--builder', builder]),
        ...['--', ...targets.map(({ name }) => name)],
    ], {
        cwd: root,
        env: { ...environment, ...Object.fromEntries(given), ...ENVIRONMENT },
        onErrorLine: (line) => {
            progress.take(line);
        },
        ...(first && { signal: first.build.watch.signal }),
    });
    const ran = new Map(targets.map((target) => [target.build, target.progress.ran]));
    const failed = { kind: 'failed', ran };
    if (end.kind !== 'exited' || end.exitCode !== 0)
        return failed;
    for (const line of progress.said)
        for (const target of targets)
            target.progress.take(line);
    const told = await readMetadata(metadata);
    // A target that it does not name was not built, whatever the exit code says.
    if (targets.some(({ name }) => told[name] === undefined))
        return failed;
    const built = targets.map(({ build, name, progress: { status } }) => {
        const digest = digestOf(told[name]);
        const durationMs = (progress.lastHeardOf(name) ?? now()) - started;
        return [build, { durationMs, status, ...(digest !== undefined && { digest }) }];
    });
    return { kind: 'built', built: new Map(built) };
}

// EXTERNAL MODULE: ./src/adapters/parallel.ts
var parallel = __webpack_require__(93221);
;// CONCATENATED MODULE: ./src/adapters/shared-builds.ts



const AGAIN = {
    text: 'Not all images could be built together: this one is built again, by itself',
    isOutput: false,
};
/** Gives builds that are asked for in the same turn of the event loop one process, and each of them its own result. */
class SharedBuilds {
    options;
    alone;
    #asked = [];
    constructor(options, alone) {
        this.options = options;
        this.alone = alone;
    }
    canTake(request) {
        return isBakeable(request, this.options.root);
    }
    build(build) {
        return new Promise((resolve, reject) => {
            this.#asked.push({ ...build, resolve, reject });
            if (this.#asked.length === 1)
                setImmediate(() => void this.#buildAsked());
        });
    }
    async #buildAsked() {
        const lists = shareable(this.#asked);
        this.#asked = [];
        const shared = lists.map((builds) => this.#share(builds).catch((error) => {
            for (const { reject } of builds)
                reject(error);
        }));
        await Promise.all(shared);
    }
    /** bake ends with the first failure, so that no other's is known, nor whether it would have come up without the others. */
    async #share(builds) {
        const { now } = this.options;
        const started = now();
        const baked = builds.length > 1 ? await bake(builds, this.options) : undefined;
        if (baked?.kind === 'built') {
            for (const [build, built] of baked.built)
                build.resolve((0,model_failure.ok)(built));
            return;
        }
        const left = [...builds];
        const inTurn = async () => {
            for (let next = left.shift(); next !== undefined; next = left.shift()) {
                if (baked !== undefined && !next.watch.signal.aborted)
                    next.watch.onLine(AGAIN);
                const result = await this.alone(next, baked?.ran.get(next));
                next.resolve(result.ok ? (0,model_failure.ok)({ ...result.value, durationMs: now() - started }) : result);
            }
        };
        await Promise.all(Array.from({ length: (0,parallel/* defaultParallel */.f)() }, inTurn));
    }
}

;// CONCATENATED MODULE: ./src/adapters/buildx-cli.ts














/** Not listed: drivers that choose a machine for each process, such as `kubernetes`, which keep layers there. */
const ONE_PLACE = /^Driver:\s*(?:docker|docker-container|remote)\s*$/m;
/** Builds with `docker buildx build`, and with one `docker buildx bake` what may share a process. */
class BuildxCli {
    options;
    shared;
    /** Those that build in the same place whether asked by one process or several. */
    #builders = new Set();
    constructor(options) {
        this.options = options;
        this.shared = new SharedBuilds(options, (build, ran) => this.#alone(build, ran));
    }
    async available(builder) {
        const args = ['buildx', 'inspect', ...(builder === undefined ? [] : [builder])];
        // buildx lists what a driver can do only when it is debugged.
        const end = await (0,process/* run */.e)('docker', args, { env: { ...this.options.environment, DEBUG: '1' } });
        if (end.kind === 'missing')
            return (0,model_failure/* failed */.gz)((0,docker_engine/* noDocker */.gU)());
        const text = end.kind === 'exited' ? end.stdout.toString('utf8') : '';
        if (ONE_PLACE.test(text))
            this.#builders.add(builder);
        if (end.kind === 'exited' && end.exitCode === 0 && !/^Error:/m.test(text))
            return (0,model_failure.ok)({ hasLayouts: can('OCI exporter', text), hasLayerCaches: can('Cache export', text) });
        // buildx ends 0 for a builder whose engine does not answer and says so in its listing only. After the first line of
        // what it says of an error comes where in buildx that was.
        const said = /^Error:\s*(.*)$/m.exec(text)?.[1] ?? end.stderr.trim().split('\n')[0] ?? '';
        const isMissing = /is not a docker command|unknown (?:command|flag|shorthand)/i.test(said);
        const message = isMissing
            ? 'Docker has no buildx; install it (docker/setup-buildx-action, or the package docker-buildx)'
            : `Docker's builder does not answer: ${said}`;
        return (0,model_failure/* failed */.gz)({ kind: 'environment-missing', message });
    }
    async build(request, watch) {
        const mayShare = request.mayShare && this.#builders.has(builderOf(request));
        if (!mayShare || !this.shared.canTake(request))
            return this.#alone({ request, watch });
        return this.shared.build({ request, watch });
    }
    async #alone(build, ran) {
        const { request, watch } = build;
        if (watch.signal.aborted)
            return stopped(request);
        const { layout, ...others } = request;
        if (layout === undefined || !(request.load || request.push))
            return this.#inFolder(build, ran);
        const built = await this.#inFolder({ request: others, watch }, ran);
        if (!built.ok)
            return built;
        const written = await this.#inFolder({ request: onceMore(request), watch }, ran);
        return written.ok ? built : written;
    }
    /** With a folder for what buildx is told and tells in files. */
    async #inFolder(build, ran) {
        const folder = await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'smart-image-build-'));
        try {
            return await this.#build(build.request, {
                ...{ folder, watch: build.watch },
                progress: new BuildProgress(build.watch, ran),
            });
        }
        finally {
            await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
        }
    }
    async #build(request, { watch, folder, progress }) {
        const metadata = (0,external_node_path_.join)(folder, 'metadata.json');
        const { root, environment, now } = this.options;
        const contexts = Object.entries(await layoutSources(request, folder));
        const started = now();
        const end = await (0,process/* run */.e)('docker', buildx_cli_argumentsOf(request, { root, metadata, contexts }), {
            cwd: root,
            env: { ...environment, ...request.environment, BUILDX_METADATA_PROVENANCE: 'disabled' },
            onErrorLine: (line) => {
                progress.take(line);
            },
            signal: watch.signal,
        });
        if (end.kind === 'missing')
            return (0,model_failure/* failed */.gz)((0,docker_engine/* noDocker */.gU)());
        if (watch.signal.aborted)
            return stopped(request);
        if (end.kind === 'killed')
            return (0,model_failure/* failed */.gz)(await this.#buildFailed(request, `buildx was ended by ${end.signal}`, progress));
        if (end.exitCode !== 0) {
            const error = progress.log.findLast((line) => line.startsWith('ERROR:')) ?? `exit code ${end.exitCode}`;
            return (0,model_failure/* failed */.gz)(await this.#buildFailed(request, error.replace(/^ERROR:\s*/, ''), progress));
        }
        const digest = digestOf(await readMetadata(metadata));
        const { status } = progress;
        return (0,model_failure.ok)({ durationMs: now() - started, status, ...(digest !== undefined && { digest }) });
    }
    async #buildFailed(request, said, { error, log }) {
        const { service, file } = request;
        const cause = causeOf(error);
        const retryAfterMs = cause === 'registry' ? retryAfterOf(error.text) : undefined;
        const { environment } = this.options;
        const free = cause === 'disk' ? await freeSpace(environment, builderOf(request)) : undefined;
        const place = dockerfilePlace(log, file);
        return {
            ...{ kind: 'build-failed', message: `${service}: ${said}`, cause, log, tail: error.tail },
            ...(retryAfterMs !== undefined && { retryAfterMs }),
            ...(free && { free }),
            ...(place && { place }),
        };
    }
}
function stopped({ service }) {
    return (0,model_failure/* failed */.gz)({ kind: 'interrupted', message: `${service}: stopped` });
}
function buildx_cli_argumentsOf(request, { root, metadata, contexts }) {
    const outputs = [
        ...(request.push ? ['--output', pushOutput(request)] : []),
        ...(request.load ? ['--load'] : []),
        ...(request.layout === undefined ? [] : ['--output', layoutOutput(request.layout)]),
    ];
    return [
        ...['buildx', 'build', '--progress=rawjson', '--metadata-file', metadata],
        ...['--file', (0,external_node_path_.join)(root, request.file)],
        ...request.options,
        ...contexts.flatMap(([name, source]) => ['--build-context', `${name}=${source}`]),
        ...request.tags.flatMap((tag) => ['--tag', tag]),
        // Without an output the docker driver would load the image into the engine, unasked.
        ...(outputs.length > 0 ? outputs : ['--output', 'type=cacheonly']),
        '--',
        (0,external_node_path_.join)(root, request.context),
    ];
}
/** Of a listing without features, as older versions give it: all drivers have them but that of the engine itself. */
function can(feature, listing) {
    const line = new RegExp(`^\\s*${feature}:\\s*(true|false)\\s*$`, 'gm');
    const answers = [...listing.matchAll(line)].map(([, answer]) => answer);
    if (answers.length > 0)
        return !answers.includes('false');
    return !/^Driver:\s*docker\s*$/m.test(listing);
}
/**
 * Of two outputs in one build, buildx 0.29 writes an index to the layout that names the image of the other output. So the
 * layout has a build of its own, of the steps that the first one left in the cache.
 */
function onceMore(request) {
    const { options } = request;
    return { ...request, load: false, push: false, options: (0,buildx_options/* withoutOptions */.rE)(options, [...buildx_options/* AFRESH */.GK, '--cache-to']) };
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(44708);
;// CONCATENATED MODULE: ./src/adapters/registry-host.ts

const TRIES = 4;
/** What one question may take in all. */
const BUDGET_MS = 30_000;
/** The longest wait that a registry may ask for. */
const LONGEST_WAIT_MS = 10_000;
/** How long a host that failed a question entirely is left alone. */
const REST_MS = 10_000;
const MOST_AT_ONCE = 32;
const ASKED_BY_OTHERS = 'so it was found a moment ago';
/**
 * One host of registries, token servers or blobs. It retries what may pass (lost connections, 429 and 5xx), bounds what
 * is under way at once, and after a question that failed in all its tries asks nothing for a while: a host that is down
 * costs one question's patience, not that of all. The first question after the rest has one try; the others await it.
 */
class RegistryHost {
    name;
    patience;
    #underWay = 0;
    #queue = [];
    /** How many answers were had: one that others got meanwhile shows that the host is not down. */
    #answers = 0;
    #down;
    constructor(name, patience) {
        this.name = name;
        this.patience = patience;
    }
    /** The answer, be it a refusal or the 429 or 5xx of the last try; a failure when there was none. */
    async ask(exchange) {
        // The place is kept through all tries: who waits in the queue has not begun to lose patience.
        if (this.#underWay === MOST_AT_ONCE)
            await new Promise((resolve) => this.#queue.push(resolve));
        else
            this.#underWay++;
        try {
            return await this.#ask(exchange);
        }
        finally {
            const next = this.#queue.shift();
            if (next === undefined)
                this.#underWay--;
            else
                next();
        }
    }
    async #ask(exchange) {
        // Also ends the wait for a probe that was interrupted and so learnt nothing.
        if (this.patience.signal.aborted)
            return (0,model_failure/* failed */.gz)(this.#interrupted());
        const down = this.#down;
        if (down === undefined)
            return this.#tryOften(exchange, TRIES);
        if (this.patience.now() - down.since < REST_MS)
            return (0,model_failure/* failed */.gz)(this.#isSilent(down.problem, ASKED_BY_OTHERS));
        if (down.probe === undefined) {
            const probe = this.#tryOften(exchange, 1);
            down.probe = probe;
            return probe;
        }
        await down.probe;
        return this.#ask(exchange);
    }
    async #tryOften(exchange, tries) {
        const { now, wait, signal, timeoutMs } = this.patience;
        const end = now() + BUDGET_MS;
        const answersBefore = this.#answers;
        for (let attempt = 1;; attempt++) {
            const tried = await attemptOf(exchange, Math.max(1, Math.min(timeoutMs, end - now())));
            if ('answer' in tried && !mayPass(tried.answer.status)) {
                this.#answers++;
                this.#down = undefined;
                return (0,model_failure.ok)(tried.answer);
            }
            if (signal.aborted)
                return (0,model_failure/* failed */.gz)(this.#interrupted());
            const pause = pauseMs(attempt, 'answer' in tried ? tried.answer.headers : undefined, now());
            if (attempt === tries || now() + pause >= end) {
                const problem = 'answer' in tried ? `answered ${tried.answer.status}` : tried.problem;
                if (this.#answers === answersBefore)
                    this.#down = { since: now(), problem };
                return 'answer' in tried
                    ? (0,model_failure.ok)(tried.answer)
                    : (0,model_failure/* failed */.gz)(this.#isSilent(problem, attempt === 1 ? 'asked once' : `asked ${attempt} times`));
            }
            await wait(pause);
            if (this.#down !== undefined && tries > 1)
                return (0,model_failure/* failed */.gz)(this.#isSilent(this.#down.problem, ASKED_BY_OTHERS));
        }
    }
    #isSilent(problem, tried) {
        const message = `${this.name} does not answer: ${problem} (${tried}; run again when it is back)`;
        return { kind: 'registry-failed', message };
    }
    #interrupted() {
        return { kind: 'interrupted', message: `the run was interrupted, ${this.name} was not asked to the end` };
    }
}
async function attemptOf(exchange, timeoutMs) {
    try {
        return { answer: await exchange(timeoutMs) };
    }
    catch (error) {
        return { problem: whyOf(error) };
    }
}
function mayPass(status) {
    return status === 429 || status >= 500;
}
/** What goes through a proxy hides the reason in the cause; for a host of several addresses it has only a code. */
function whyOf(error) {
    const { cause, message, code = '' } = error;
    return cause?.message || cause?.code || message || code;
}
/** As long as `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3), else 0.25, 0.5, 1 s. */
function pauseMs(attempt, headers, now) {
    const text = headers?.get('retry-after') ?? '';
    const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
    return asked > 0 ? Math.min(asked, LONGEST_WAIT_MS) : 125 * 2 ** attempt;
}

;// CONCATENATED MODULE: ./src/adapters/registry-connection.ts



/** An idle connection is closed before what lies between forgets it: Azure does after 4 minutes, and says nothing. */
const IDLE_MS = 4000;
const registry_connection_KEPT = { keepAlive: true, maxSockets: MOST_AT_ONCE, timeout: IDLE_MS };
/**
 * HTTP/1.1 without a proxy, over connections that are kept. Not `fetch`, which takes several times the processor's time
 * and is slow to load. Those that idle do not keep the process alive.
 */
class DirectConnections {
    #http = new external_node_http_.Agent(registry_connection_KEPT);
    #https = new external_node_https_.Agent(registry_connection_KEPT);
    /** Throws when there is no whole answer. What is asked may reach the server twice, as it may by further tries. */
    async exchange(request, signal) {
        try {
            return await this.#send(request, signal);
        }
        catch (error) {
            // Node says no more than that the connection broke.
            signal.throwIfAborted();
            throw error;
        }
    }
    #send(request, signal, isRepeated = false) {
        const { url, method, headers, body } = request;
        const [open, kept] = url.protocol === 'https:' ? [external_node_https_.request, this.#https] : [external_node_http_.request, this.#http];
        return new Promise((resolve, reject) => {
            const sent = open(url, { method, headers, signal, agent: isRepeated ? false : kept });
            let isAnswered = false;
            sent.on('response', (response) => {
                isAnswered = true;
                if (method === 'HEAD')
                    sent.shouldKeepAlive = isKept(response);
                resolve(answerOf(response));
            });
            sent.on('error', (error) => {
                // The server closed the idle connection while the request was on its way (RFC 9112, 9.3.1).
                const isStale = sent.reusedSocket && !isAnswered && !signal.aborted;
                if (isStale)
                    resolve(this.#send(request, signal, true));
                else
                    reject(error);
            });
            sent.end(body);
        });
    }
}
/** Node forgets that an answer to HEAD has no body, and closes the connection where one names no length. */
function isKept({ httpVersion, headers: { connection = '' } }) {
    return httpVersion === '1.1' && !/\bclose\b/i.test(connection);
}
async function answerOf(response) {
    const { statusCode: status = 0, headersDistinct } = response;
    const chunks = [];
    for await (const chunk of response)
        chunks.push(chunk);
    const headers = { get: (name) => headersDistinct[name]?.join(', ') ?? null };
    return { status, headers, body: Buffer.concat(chunks) };
}

;// CONCATENATED MODULE: ./src/adapters/registry-address.ts
const DOCKER_HUB = 'docker.io';
/** The names under which Docker Hub is known. */
const DOCKER_HUB_HOSTS = [DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io'];
/** The registry's host and port, by the one name that Docker has for it. */
function hostOf(image) {
    return canonicalHost(image.registry ?? DOCKER_HUB);
}
function canonicalHost(host) {
    return DOCKER_HUB_HOSTS.includes(host) ? DOCKER_HUB : host;
}
/** Path of the repository in its registry; official images of Docker Hub are in `library`. */
function repositoryOf(image) {
    const isOfficial = hostOf(image) === DOCKER_HUB && !image.repository.includes('/');
    return isOfficial ? `library/${image.repository}` : image.repository;
}
/** Docker speaks plain http to the machine's own registries and https to all others. */
function urlOf(image, path) {
    const host = hostOf(image);
    const scheme = isLoopback(host) ? 'http' : 'https';
    const address = host === DOCKER_HUB ? 'registry-1.docker.io' : host;
    return new URL(`${scheme}://${address}/v2/${repositoryOf(image)}/${path}`);
}
/** Whether a host, with or without a port, is this machine. */
function isLoopback(host) {
    return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host);
}

;// CONCATENATED MODULE: ./src/adapters/registry-proxy.ts


/** HTTP through proxies, whose code is loaded when the first one is used. */
class ProxiedConnections {
    #agents = new Map();
    /** Throws when there is no whole answer. */
    async exchange(proxy, { url, ...init }, signal) {
        // Not Node's own `fetch`, which may be of another major version and not take these agents.
        const { fetch, ProxyAgent } = await __webpack_require__.e(/* import() */ 752).then(__webpack_require__.t.bind(__webpack_require__, 46752, 19));
        let dispatcher = this.#agents.get(proxy.href);
        if (dispatcher === undefined)
            this.#agents.set(proxy.href, (dispatcher = new ProxyAgent(proxy.href)));
        const response = await fetch(url, { ...init, redirect: 'manual', dispatcher, signal });
        const body = Buffer.from(await response.arrayBuffer());
        return { status: response.status, headers: response.headers, body };
    }
}
/**
 * The proxy for an address, by the rules of Go's `golang.org/x/net/http/httpproxy`, and so of Docker and BuildKit.
 * Throws when the variable holds no address of an http or https proxy; the message does not show it, as it may hold a
 * password.
 */
function proxyOf(url, environment) {
    const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
    const value = registry_proxy_valueOf(environment, name);
    if (value === '' || isLoopback(url.host) || isExcluded(url, registry_proxy_valueOf(environment, 'NO_PROXY')))
        return undefined;
    const address = value.includes('://') ? value : `http://${value}`;
    if (/^https?:/i.test(address) && URL.canParse(address))
        return new URL(address);
    throw new Error(`${name} is no address of an http or https proxy`);
}
function registry_proxy_valueOf(environment, name) {
    return (environment[name] || environment[name.toLowerCase()] || '').trim();
}
function isExcluded(url, noProxy) {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    return noProxy
        .toLowerCase()
        .split(',')
        .map((entry) => entry.trim())
        .some((entry) => entry === '*' || (entry !== '' && isMatch(entry, { host, port })));
}
/** `example.com` is that name and all below it, `.example.com` and `*.example.com` only those below it. */
function isMatch(entry, { host, port }) {
    const [, bracketed, bare = entry, wanted] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
    const name = bracketed ?? bare;
    if (wanted !== undefined && wanted !== port)
        return false;
    const [network = '', prefix] = name.split('/');
    if ((0,external_node_net_.isIP)(network) !== 0)
        return (0,external_node_net_.isIP)(network) === (0,external_node_net_.isIP)(host) && isWithin(host, network, prefix);
    const domain = name.replace(/^\*\./, '.');
    return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}
function isWithin(host, network, prefix) {
    const [family, size] = (0,external_node_net_.isIP)(network) === 6 ? ['ipv6', 128] : ['ipv4', 32];
    const bits = Number(prefix ?? size);
    if (!(bits >= 0 && bits <= size))
        return false;
    const list = new external_node_net_.BlockList();
    list.addSubnet(network, bits, family);
    return list.check(host, family);
}

;// CONCATENATED MODULE: ./src/adapters/registry-transport.ts





const registry_transport_TIMEOUT_MS = 10_000;
const MOST_REDIRECTS = 5;
/** Some hosts refuse who does not say who asks; compressed bytes would not be those of the digest. */
const OURS = { 'user-agent': 'smart-image-build', 'accept-encoding': 'identity' };
/** HTTP to registries, their token servers and blob stores, with the patience of `RegistryHost`. */
class RegistryTransport {
    now;
    patience;
    environment;
    #direct = new DirectConnections();
    #proxied = new ProxiedConnections();
    #hosts = new Map();
    constructor({ environment = {}, ...given }) {
        const { signal = new AbortController().signal } = given;
        const wait = (milliseconds) => (0,promises_.setTimeout)(milliseconds, undefined, { signal }).catch(() => undefined);
        this.patience = { timeoutMs: registry_transport_TIMEOUT_MS, wait, now: Date.now, signal, ...given };
        this.now = this.patience.now;
        this.environment = environment;
    }
    /** Follows redirects; what authorizes goes to no other origin than the one it was meant for (RFC 9110, 15.4). */
    async send(request) {
        for (let redirects = 0;; redirects++) {
            const { url } = request;
            const answer = await this.#hostOf(url).ask((timeoutMs) => this.#exchange(request, timeoutMs));
            if (!answer.ok)
                return answer;
            const target = redirectOf(request, answer.value);
            if (target === undefined)
                return answer;
            if (redirects === MOST_REDIRECTS || (url.protocol === 'https:' && target.protocol !== 'https:')) {
                const message = `${url.host} redirects ${redirects === MOST_REDIRECTS ? 'without end' : `to ${target.host} without TLS`}`;
                return (0,model_failure/* failed */.gz)({ kind: 'registry-failed', message });
            }
            request = { ...request, url: target, headers: headersFor(request, target) };
        }
    }
    #hostOf({ host }) {
        let found = this.#hosts.get(host);
        if (found === undefined)
            this.#hosts.set(host, (found = new RegistryHost(host, this.patience)));
        return found;
    }
    /** Throws when there is no answer within the time, or when the environment names no usable proxy. */
    async #exchange(request, timeoutMs) {
        const proxy = proxyOf(request.url, this.environment);
        // Not `AbortSignal.timeout`: within `any`, garbage collection takes it away (nodejs/node#57736).
        const late = new AbortController();
        const timer = setTimeout(() => {
            late.abort(new Error('The operation was aborted due to timeout'));
        }, timeoutMs);
        const signal = AbortSignal.any([late.signal, this.patience.signal]);
        const ours = { ...request, headers: { ...OURS, ...request.headers } };
        try {
            return await (proxy === undefined
                ? this.#direct.exchange(ours, signal)
                : this.#proxied.exchange(proxy, ours, signal));
        }
        finally {
            clearTimeout(timer);
        }
    }
}
/** Where the answer sends us; a write goes on only where method and body are to be kept (307, 308). */
function redirectOf({ method, url }, { status, headers }) {
    const isRead = method === 'GET' || method === 'HEAD';
    const location = headers.get('location') ?? '';
    if (!(isRead ? [301, 302, 303, 307, 308] : [307, 308]).includes(status))
        return undefined;
    return location !== '' && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
}
function headersFor({ url, headers }, target) {
    if (target.origin === url.origin)
        return headers;
    return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
}

;// CONCATENATED MODULE: ./src/adapters/build-info.ts


/** Asks over HTTP, with the patience, the proxies and the redirects that registries are asked with. */
class HttpBuildInfo {
    #transport;
    constructor(options) {
        this.#transport = new RegistryTransport(options);
    }
    async read(url) {
        const headers = { accept: 'application/json' };
        const answer = await this.#transport.send({ method: 'GET', url: new URL(url), headers });
        if (!answer.ok)
            return answer;
        const { status, body } = answer.value;
        if (status !== 200)
            return unusable(url, `it answered ${status}`);
        const value = jsonOf(body.toString('utf8'));
        return isObject(value) ? (0,model_failure.ok)(value) : unusable(url, 'its answer is no JSON object');
    }
}
function unusable(url, problem) {
    const message = `${url} does not say what runs there: ${problem}; it should answer {"fingerprint": "…", "revision": "…"}`;
    return (0,model_failure/* failed */.gz)({ kind: 'verification-failed', message });
}
function jsonOf(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./src/model/labels.ts
var model_labels = __webpack_require__(43582);
;// CONCATENATED MODULE: ./src/adapters/docker-containers.ts






/** Time between two questions to an image that does not answer yet, and how long one may take. */
const PAUSE_MS = 250;
const ANSWER_MS = 5000;
const LOG_LINES = '200';
const SILENCE = 'nothing listens there';
const TOO_LATE = 'its answer took too long';
const COMPOSE_PROJECT = 'com.docker.compose.project';
const INTERRUPTED = {
    kind: 'interrupted',
    message: 'the run was interrupted while an image was tried',
};
/** The containers of the Docker engine that the client of this machine talks to. */
class DockerContainers {
    environment;
    constructor(environment) {
        this.environment = environment;
    }
    async running(project) {
        const ofProject = project === undefined ? [] : ['--filter', `label=${COMPOSE_PROJECT}=${project}`];
        const listed = await this.#ids(['container', 'ls', '--quiet', '--no-trunc', ...ofProject]);
        if (!listed.ok || listed.value.length === 0)
            return listed.ok ? (0,model_failure.ok)([]) : listed;
        // Labels of a list are one text in which a comma may be of a value.
        const format = '[{{json .Name}},{{json .Config.Image}},{{json .Config.Labels}}]';
        const end = await this.#docker(['container', 'inspect', '--format', format, ...listed.value]);
        if (end.kind !== 'exited' || (end.exitCode !== 0 && !isOnlyGone(end.stderr)))
            return (0,model_failure/* failed */.gz)((0,docker_engine/* failureOf */.g5)('inspect', end));
        const containers = linesOf(end).map((line) => {
            const [name, image, labels] = JSON.parse(line);
            return { name: name.replace(/^\//, ''), image, labels: labels ?? {} };
        });
        return (0,model_failure.ok)(containers.filter(({ labels }) => labels[model_labels/* TRIAL */.XS] === undefined));
    }
    async attempt({ image, port, path, timeoutMs, signal }) {
        const name = `smart-image-build-${(0,external_node_crypto_.randomUUID)()}`;
        // To all of the machine's addresses it would be open to others.
        const published = ['--publish', `127.0.0.1::${port}`];
        const args = ['run', '--detach', '--quiet', '--name', name, '--label', `${model_labels/* TRIAL */.XS}=`, ...published, image];
        try {
            const started = await this.#docker(args, signal);
            if (signal.aborted)
                return (0,model_failure/* failed */.gz)(INTERRUPTED);
            if (started.kind !== 'exited' || started.exitCode !== 0)
                return (0,model_failure/* failed */.gz)((0,docker_engine/* failureOf */.g5)('run', started));
            return await this.#untilAnswer(name, { port, path, timeoutMs, signal });
        }
        finally {
            // Also what was made but could not be started; without the signal, as an interruption must not leave it.
            await this.#docker(['container', 'rm', '--force', '--volumes', name]);
        }
    }
    async clear() {
        // None that was made and is about to be started, by another run on this engine.
        const ended = ['--filter', 'status=exited', '--filter', 'status=dead'];
        const list = ['container', 'ls', '--all', '--quiet', '--filter', `label=${model_labels/* TRIAL */.XS}`, ...ended];
        const trials = await this.#ids(list);
        if (!trials.ok)
            return trials;
        if (trials.value.length > 0) {
            const removed = await this.#docker(['container', 'rm', '--volumes', ...trials.value]);
            if (removed.kind !== 'exited' || (removed.exitCode !== 0 && !isOnlyGone(removed.stderr)))
                return (0,model_failure/* failed */.gz)((0,docker_engine/* failureOf */.g5)('rm', removed));
        }
        const pruned = await this.#docker(['image', 'prune', '--force', '--filter', `label=${model_labels/* FINGERPRINT */.lj}`]);
        if (pruned.kind !== 'exited' || pruned.exitCode !== 0)
            return (0,model_failure/* failed */.gz)((0,docker_engine/* failureOf */.g5)('image prune', pruned));
        const reclaimed = /^Total reclaimed space: (.*)$/m.exec(pruned.stdout.toString('utf8'))?.[1] ?? '0B';
        return (0,model_failure.ok)({ containers: trials.value.length, reclaimed });
    }
    async #untilAnswer(name, trial) {
        const { path, timeoutMs, signal } = trial;
        const end = Date.now() + timeoutMs;
        let problem = SILENCE;
        for (;;) {
            const standing = await this.#standing(name, trial.port);
            if (signal.aborted)
                return (0,model_failure/* failed */.gz)(INTERRUPTED);
            if (!standing.ok)
                return standing;
            const { isRunning, exitCode, port } = standing.value;
            if (!isRunning)
                return this.#silent(name, `it ended with code ${exitCode}`);
            if (port !== undefined) {
                const url = `http://127.0.0.1:${port}${path}`;
                const refusal = await refusalOf(url, Math.max(1, Math.min(ANSWER_MS, end - Date.now())), signal);
                if (refusal === undefined)
                    return (0,model_failure.ok)({ kind: 'answered' });
                // The last question has little time; what the one before it was told says more.
                if (refusal !== TOO_LATE || problem === SILENCE)
                    problem = refusal;
            }
            if (Date.now() >= end)
                return this.#silent(name, problem);
            await (0,promises_.setTimeout)(PAUSE_MS, undefined, { signal }).catch(() => undefined);
        }
    }
    async #standing(name, inside) {
        const format = '{{json .State}}\n{{json .NetworkSettings.Ports}}';
        const end = await this.#docker(['container', 'inspect', '--format', format, name]);
        if (end.kind !== 'exited' || end.exitCode !== 0)
            return (0,model_failure/* failed */.gz)((0,docker_engine/* failureOf */.g5)('inspect', end));
        const [state = '', ports = ''] = linesOf(end);
        const { Running: isRunning, ExitCode: exitCode } = JSON.parse(state);
        const published = JSON.parse(ports);
        const port = published?.[`${inside}/tcp`]?.[0]?.HostPort;
        return (0,model_failure.ok)({ isRunning, exitCode, ...(port !== undefined && { port }) });
    }
    async #silent(name, problem) {
        const end = await this.#docker(['container', 'logs', '--timestamps', '--tail', LOG_LINES, name]);
        const lines = end.kind === 'exited' ? [...linesOf(end), ...end.stderr.split('\n')] : [];
        // Both of its outputs, in the order of their times, which have as many digits in each line.
        const log = lines
            .filter(Boolean)
            .sort()
            .map((line) => line.replace(/^\S+ /, ''));
        return (0,model_failure.ok)({ kind: 'silent', problem, log });
    }
    async #ids(args) {
        const end = await this.#docker(args);
        if (end.kind !== 'exited' || end.exitCode !== 0)
            return (0,model_failure/* failed */.gz)((0,docker_engine/* failureOf */.g5)('container ls', end));
        return (0,model_failure.ok)(linesOf(end));
    }
    #docker(args, signal) {
        return (0,process/* run */.e)('docker', args, { env: this.environment, ...(signal && { signal }) });
    }
}
/** Why it is no answer that will do; `undefined` for one that will. A redirect is an answer, wherever it leads. */
async function refusalOf(url, timeoutMs, signal) {
    const late = new AbortController();
    const timer = setTimeout(() => {
        late.abort();
    }, timeoutMs);
    try {
        const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([late.signal, signal]) });
        await response.body?.cancel();
        return response.status >= 200 && response.status < 400 ? undefined : `it answered ${response.status}`;
    }
    catch (error) {
        if (late.signal.aborted)
            return TOO_LATE;
        const { message, cause } = error;
        return cause instanceof Error ? cause.message : message;
    }
    finally {
        clearTimeout(timer);
    }
}
/** Containers end while they are listed. */
function isOnlyGone(stderr) {
    return stderr.split('\n').every((line) => line.trim() === '' || /No such container/i.test(line));
}
function linesOf(end) {
    return end.stdout.toString('utf8').split('\n').filter(Boolean);
}

;// CONCATENATED MODULE: ./src/adapters/docker-credentials.ts






/** The key under which `docker login` keeps Docker Hub's credentials. */
const docker_credentials_DOCKER_HUB = 'https://index.docker.io/v1/';
/** What helpers answer for a login that they hold as an identity token (docker-login(1), "Credential helper protocol"). */
const IS_TOKEN = '<token>';
/** How long an answer is good for: tokens that helpers make live from 15 minutes on. */
const MEMORY_MS = 5 * 60_000;
/** A helper that takes longer waits for somebody who is not there. */
const HELPER_MS = 30_000;
/** Credentials as `docker login` and credential helpers left them (docker-login(1), "Credential stores"). */
class DockerCredentials {
    environment;
    now;
    #config;
    #found = new Map();
    constructor(environment, now = Date.now) {
        this.environment = environment;
        this.now = now;
    }
    /**
     * `undefined` when none are configured for the host. `registry-denied` when the configuration cannot be used,
     * `registry-failed` when a helper fails. However many ask at once, a helper is started once per host.
     */
    get(host) {
        const name = canonicalHost(host);
        const known = this.#found.get(name);
        if (known !== undefined && this.now() - known.at < MEMORY_MS)
            return known.credentials;
        const credentials = this.#get(name);
        this.#found.set(name, { at: this.now(), credentials });
        return credentials;
    }
    async #get(host) {
        this.#config ??= readConfig(this.#file());
        const config = await this.#config;
        if (!config.ok)
            return config;
        const { auths = {}, credHelpers = {}, credsStore } = config.value;
        const helper = entryOf(credHelpers, host) ?? credsStore;
        if (helper !== undefined && helper !== '') {
            const given = await this.#ask(helper, host === 'docker.io' ? docker_credentials_DOCKER_HUB : host);
            if (!given.ok || given.value !== undefined)
                return given;
        }
        const entry = entryOf(auths, host);
        return entry === undefined ? (0,model_failure.ok)(undefined) : this.#read(entry, host);
    }
    #read(entry, host) {
        if (entry.identitytoken)
            return (0,model_failure.ok)({ kind: 'token', identityToken: entry.identitytoken });
        if (entry.registrytoken)
            return (0,model_failure.ok)({ kind: 'bearer', token: entry.registrytoken });
        if (entry.auth) {
            // Docker ends passwords with a zero byte in files of some versions, and drops it (`decodeAuth` of docker/cli).
            const pair = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
            const colon = pair.indexOf(':');
            if (colon > 0)
                return (0,model_failure.ok)(credentialsOf(pair.slice(0, colon), pair.slice(colon + 1)));
            return docker_credentials_unusable(`the entry of ${host} in ${this.#file()} is no user and password; docker login ${host}`);
        }
        const { username, password } = entry;
        return (0,model_failure.ok)(username && password ? credentialsOf(username, password) : undefined);
    }
    #file() {
        const { DOCKER_CONFIG: configured = '' } = this.environment;
        return (0,external_node_path_.join)(configured === '' ? (0,external_node_path_.join)((0,external_node_os_.homedir)(), '.docker') : configured, 'config.json');
    }
    async #ask(helper, key) {
        const program = `docker-credential-${helper}`;
        const signal = AbortSignal.timeout(HELPER_MS);
        const end = await (0,process/* run */.e)(program, ['get'], { input: key, env: this.environment, signal });
        if (end.kind === 'missing') {
            return docker_credentials_unusable(`Docker's configuration names ${program}, which is not on the PATH`);
        }
        if (end.kind === 'killed')
            return broken(`${program} failed for ${key}: ended by ${end.signal}`);
        const answer = end.stdout.toString('utf8');
        if (end.exitCode !== 0) {
            if (/credentials not found/i.test(answer + end.stderr))
                return (0,model_failure.ok)(undefined);
            return broken(`${program} failed for ${key}: ${end.stderr || withoutSecret(answer)}`);
        }
        const given = parsed(answer);
        if (typeof given?.Username !== 'string' || typeof given.Secret !== 'string') {
            return broken(`${program} gave no credentials in JSON for ${key}`);
        }
        return (0,model_failure.ok)(given.Secret === '' ? undefined : credentialsOf(given.Username, given.Secret));
    }
}
async function readConfig(file) {
    try {
        const config = parsed(await (0,external_node_fs_promises_.readFile)(file, 'utf8'));
        if (typeof config === 'object' && config !== null)
            return (0,model_failure.ok)(config);
        return docker_credentials_unusable(`Docker's configuration ${file} cannot be read: it is no JSON object`);
    }
    catch (error) {
        const { code, message } = error;
        return code === 'ENOENT' ? (0,model_failure.ok)({}) : docker_credentials_unusable(`Docker's configuration ${file} cannot be read: ${message}`);
    }
}
/** The entry under Docker's own key for the host, else under one that older logins and people write for it. */
function entryOf(entries, host) {
    const own = host === 'docker.io' ? docker_credentials_DOCKER_HUB : host;
    if (Object.hasOwn(entries, own))
        return entries[own];
    return Object.entries(entries).find(([key]) => hostOfKey(key) === host)?.[1];
}
function hostOfKey(key) {
    return canonicalHost(key.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, ''));
}
function credentialsOf(username, secret) {
    if (username === IS_TOKEN)
        return { kind: 'token', identityToken: secret };
    return { kind: 'password', username, password: secret };
}
/** `undefined` for what is no JSON; the parser's message would quote the text. */
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function docker_credentials_unusable(message) {
    return (0,model_failure/* failed */.gz)({ kind: 'registry-denied', message });
}
function broken(message) {
    return (0,model_failure/* failed */.gz)({ kind: 'registry-failed', message });
}
/** Helpers say on standard output why they fail; one that fails with an answer there must not have it shown. */
function withoutSecret(answer) {
    return answer.trimStart().startsWith('{') ? 'it ended with an error' : answer.trim();
}

// EXTERNAL MODULE: ./src/model/service.ts
var service = __webpack_require__(41674);
;// CONCATENATED MODULE: ./src/adapters/registry-manifest.ts

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
function isDigest(text) {
    return /^sha256:[0-9a-f]{64}$/.test(text);
}
function registry_manifest_digestOf(bytes) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;
}
function isPlainManifest(headers) {
    return MANIFESTS.includes(mediaType(headers));
}
/** `undefined` for what is no manifest: a login page is answered with 200, too. */
function manifestOf(bytes, headers) {
    const document = registry_manifest_parsed(bytes);
    const content = contentOf(document ?? {});
    const type = mediaType(headers) || (document?.mediaType ?? '');
    return content && { digest: registry_manifest_digestOf(bytes), type, bytes, content };
}
/** Labels of an image's configuration (OCI image specification 1.1, "Image Configuration"). */
function labelsOf(config) {
    const document = registry_manifest_parsed(config);
    return document ? (document.config?.Labels ?? {}) : undefined;
}
function contentOf({ manifests, config, layers }) {
    if (Array.isArray(manifests)) {
        const children = manifests.map((child) => ({
            digest: child.digest,
            isImage: child.annotations?.['vnd.docker.reference.type'] !== 'attestation-manifest' &&
                child.platform?.architecture !== 'unknown',
        }));
        return children.every(({ digest }) => isDigest(digest)) ? { kind: 'index', children } : undefined;
    }
    const digest = config?.digest ?? '';
    const blobs = layers;
    const size = Array.isArray(blobs) ? sizeOf([config, ...blobs]) : undefined;
    return isDigest(digest) ? { kind: 'image', config: digest, size } : undefined;
}
function sizeOf(blobs) {
    const sizes = blobs.map((blob) => blob?.size);
    return sizes.every(isSize) ? sizes.reduce((sum, size) => sum + size, 0) : undefined;
}
function isSize(value) {
    return Number.isSafeInteger(value) && Number(value) >= 0;
}
function registry_manifest_parsed(bytes) {
    try {
        return JSON.parse(bytes.toString('utf8'));
    }
    catch {
        return undefined;
    }
}
function mediaType(headers) {
    const [type = ''] = (headers.get('content-type') ?? '').split(';', 1);
    return type.trim().toLowerCase();
}

;// CONCATENATED MODULE: ./src/adapters/registry-refusal.ts


/**
 * What registries say of a tag that may not be overwritten: Amazon ECR ("… because the tag is immutable",
 * ImageTagAlreadyExistsException), Google Artifact Registry ("has enabled tag immutability"), Harbor ("configured as
 * immutable", with 412), Azure (REGISTRY_DISALLOWED_OPERATION, a locked tag), Alibaba and Mirantis ("cannot be
 * overwritten"), Docker Hub and GitLab ("immutable"), Nexus ("does not allow updating", "redeploy is not allowed").
 */
const IMMUTABLE = /immutab|ImageTagAlreadyExists|cannot be overwritten|DISALLOWED_OPERATION|operation is disallowed|does not allow updating|redeploy is not allowed/i;
/** Error codes of the OCI distribution specification 1.1 for a manifest that refers to what is not there. */
const GONE = /\b(?:MANIFEST_BLOB_UNKNOWN|BLOB_UNKNOWN|MANIFEST_UNKNOWN|NAME_UNKNOWN)\b/;
/** Amazon ECR: LimitExceededException, "The maximum number of tags per image …"; others in like words. */
const LIMIT = /limit[ _]?(?:has been )?exceeded|exceed\w* .*limit|too many tags|maximum number|quota/i;
function registry_refusal_refusalOf(question, answer) {
    const kind = kindOf(question, answer);
    const { reference } = question;
    return kind === 'gone' ? gone(question) : { kind, reference, failure: registry_refusal_failureOf(question, answer) };
}
function gone(question) {
    const what = referenceOf(question);
    const message = question.method === 'PUT'
        ? `${what} cannot be put: parts of the image are not in the registry any more`
        : `${what} is not in the registry any more`;
    return { kind: 'gone', reference: question.reference, failure: { kind: 'registry-failed', message } };
}
/** The refusal of a question that was not answered, or not as it should be. */
function unanswered({ reference }, failure) {
    return { kind: failure.kind === 'registry-denied' ? 'denied' : 'failed', reference, failure };
}
function referenceOf({ image, reference }) {
    return `${(0,service/* fullName */.f)(image)}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
}
function kindOf({ image, method, reference }, { status, body }) {
    // Names may hold the words that are looked for.
    const names = [image.repository, reference].filter((name) => IMMUTABLE.test(name) || LIMIT.test(name));
    const text = names.reduce((rest, name) => rest.replaceAll(name, ''), body.toString('utf8'));
    if (status === 404)
        return 'gone';
    if (method === 'PUT') {
        if ([400, 403, 405, 409, 412].includes(status) && IMMUTABLE.test(text))
            return 'immutable';
        if (status === 400 && GONE.test(text))
            return 'gone';
        if (status >= 400 && status < 429 && LIMIT.test(text))
            return 'limit';
    }
    return isDenial(status) ? 'denied' : 'failed';
}
function registry_refusal_failureOf(question, { status, loggedIn, body }) {
    const host = hostOf(question.image);
    const what = referenceOf(question);
    const login = `docker/login-action, or docker login ${host}`;
    if (isDenial(status) && !loggedIn) {
        const message = `${host} wants a login for ${what} and Docker has none; log in first (${login})`;
        return { kind: 'registry-denied', message };
    }
    const right = question.method === 'PUT' ? 'push' : 'pull';
    const mend = isDenial(status) ? `; log in to ${host} as somebody who may ${right} (${login})` : '';
    const text = body.toString('utf8').trim().slice(0, 300);
    const said = text === '' ? '' : `: ${text}`;
    const message = `the registry answered ${status} to ${question.method} ${what}${said}${mend}`;
    return { kind: 'registry-failed', message };
}
function isDenial(status) {
    return status === 401 || status === 403;
}

;// CONCATENATED MODULE: ./src/adapters/oci-registry.ts





/** What was pushed a moment ago may not be readable everywhere yet: 404 is believed after these waits. */
const LAG_MS = [250, 500, 1000, 2000];
/** Images of registries over the OCI distribution protocol, without Docker. */
class OciRegistry {
    client;
    wait;
    /** Repository and digest → what was read. */
    manifests = new Map();
    constructor(client, wait = promises_.setTimeout) {
        this.client = client;
        this.wait = wait;
    }
    async find(image, reference, pushed) {
        const head = await this.#send({ image, method: 'HEAD', reference });
        if ('refusal' in head)
            return notFound(head.refusal);
        const { headers } = head.value;
        const named = headers.get('docker-content-digest') ?? '';
        const isWhole = named === pushed || isPlainManifest(headers);
        if (isDigest(named) && isWhole)
            return (0,model_failure.ok)({ kind: 'exists', digest: named });
        const manifest = await this.#get(image, isDigest(named) ? named : reference);
        return 'refusal' in manifest ? notFound(manifest.refusal) : this.#judge(image, manifest.value);
    }
    async point(image, digest, tags) {
        const moved = [];
        const refused = [];
        if (tags.length === 0) {
            const found = await this.#patiently(() => this.#demand(image, digest));
            if ('refusal' in found)
                refused.push(found.refusal);
        }
        let manifest;
        for (const tag of tags) {
            const there = await this.#isAt(image, tag, digest);
            if ('value' in there && there.value)
                continue;
            if ('refusal' in there) {
                refused.push(there.refusal);
                continue;
            }
            const got = await (manifest ??= this.#patiently(() => this.#get(image, digest)));
            const put = 'refusal' in got ? got : await this.#putUnlessThere(image, tag, got.value);
            if ('refusal' in put)
                refused.push({ ...put.refusal, reference: tag });
            else
                moved.push(tag);
        }
        return { moved, refused };
    }
    async labels(image, digest) {
        const found = await this.#firstImage(image, digest);
        if ('refusal' in found)
            return (0,model_failure/* failed */.gz)(found.refusal.failure);
        if (found.value === undefined)
            return (0,model_failure.ok)({});
        const question = { image, method: 'GET', reference: found.value.config, path: 'blobs' };
        const config = await this.#send(question);
        if ('refusal' in config)
            return (0,model_failure/* failed */.gz)(config.refusal.failure);
        const { body } = config.value;
        const labels = registry_manifest_digestOf(body) === found.value.config ? labelsOf(body) : undefined;
        return labels === undefined ? (0,model_failure/* failed */.gz)(otherBytes(question, body)) : (0,model_failure.ok)(labels);
    }
    async size(image, digest) {
        const found = await this.#firstImage(image, digest);
        if ('refusal' in found)
            return (0,model_failure/* failed */.gz)(found.refusal.failure);
        const size = found.value?.size;
        if (size !== undefined)
            return (0,model_failure.ok)(size);
        const what = referenceOf({ image, method: 'GET', reference: digest });
        return (0,model_failure/* failed */.gz)({ kind: 'registry-failed', message: `${what}: its manifest does not say its size` });
    }
    async isImmutable(image, tag) {
        const there = await this.#get(image, tag);
        const put = 'refusal' in there ? there : await this.#put(image, tag, there.value);
        if (!('refusal' in put))
            return (0,model_failure.ok)(false);
        const { kind, failure } = put.refusal;
        if (kind === 'immutable')
            return (0,model_failure.ok)(true);
        return there === put && kind === 'gone' ? (0,model_failure.ok)(false) : (0,model_failure/* failed */.gz)(failure);
    }
    /** A registry keeps answering 200 for an index that lost some of its children. */
    async #judge(image, { digest, content }) {
        if (content.kind === 'image')
            return (0,model_failure.ok)({ kind: 'exists', digest });
        if (content.children.length === 0)
            return (0,model_failure.ok)({ kind: 'missing' });
        const found = await Promise.all(content.children.map((child) => this.find(image, child.digest)));
        const lacking = found.filter((one) => !one.ok || one.value.kind !== 'exists');
        const missing = lacking.find((one) => one.ok && one.value.kind === 'missing');
        return missing ?? lacking[0] ?? (0,model_failure.ok)({ kind: 'exists', digest });
    }
    async #demand(image, digest) {
        const question = { image, method: 'HEAD', reference: digest };
        const found = await this.find(image, digest);
        if (!found.ok)
            return { refusal: unanswered(question, first(found.failures)) };
        if (found.value.kind === 'exists')
            return { value: undefined };
        if (found.value.kind === 'missing')
            return { refusal: gone(question) };
        return { refusal: unanswered(question, { kind: 'registry-failed', message: found.value.problem }) };
    }
    async #patiently(ask) {
        let reply = await ask();
        for (const pause of LAG_MS) {
            if (!('refusal' in reply) || reply.refusal.kind !== 'gone')
                break;
            await this.wait(pause);
            reply = await ask();
        }
        return reply;
    }
    /** What the manifest says; an index that of its first child that is an image, `undefined` where none is. */
    async #firstImage(image, digest) {
        const manifest = await this.#get(image, digest);
        if ('refusal' in manifest)
            return manifest;
        const { content } = manifest.value;
        if (content.kind === 'image')
            return { value: content };
        const child = content.children.find(({ isImage }) => isImage);
        return child === undefined ? { value: undefined } : this.#firstImage(image, child.digest);
    }
    /** A digest never names anything else, so that it is asked for once; not for whether it is still there. */
    #get(image, reference) {
        if (!isDigest(reference))
            return this.#read(image, reference);
        const key = `${(0,service/* fullName */.f)(image)}@${reference}`;
        const known = this.manifests.get(key);
        if (known !== undefined)
            return known;
        const read = this.#read(image, reference);
        this.manifests.set(key, read);
        const forget = () => this.manifests.delete(key);
        void read.then((reply) => 'refusal' in reply && forget(), forget);
        return read;
    }
    /** The manifest, its bytes checked against its digest. */
    async #read(image, reference) {
        const question = { image, method: 'GET', reference };
        const reply = await this.#send(question);
        if ('refusal' in reply)
            return reply;
        const { body, headers } = reply.value;
        if (isDigest(reference) && registry_manifest_digestOf(body) !== reference) {
            return { refusal: unanswered(question, otherBytes(question, body)) };
        }
        const manifest = manifestOf(body, headers);
        if (manifest !== undefined)
            return { value: manifest };
        const message = `${referenceOf(question)}: the registry's answer is no manifest`;
        return { refusal: unanswered(question, { kind: 'registry-failed', message }) };
    }
    /** A registry may call a manifest invalid while another request writes the same tag: it is put once more. */
    async #put(image, reference, { type, bytes }) {
        const request = {
            image,
            method: 'PUT',
            reference,
            headers: { 'content-type': type },
            body: bytes,
        };
        const reply = await this.#send(request);
        const isInvalid = 'refusal' in reply && reply.refusal.failure.message.includes('MANIFEST_INVALID');
        if (!isInvalid || reply.refusal.kind !== 'failed')
            return reply;
        await this.wait(LAG_MS[0] ?? 0);
        return this.#send(request);
    }
    /**
     * Puts a tag that must move. Where it is refused because it is there by now, at the right digest, somebody else put it
     * meanwhile, or a try of ours whose answer was lost: that is as good.
     */
    async #putUnlessThere(image, tag, manifest) {
        const put = await this.#put(image, tag, manifest);
        if (!('refusal' in put) || put.refusal.kind !== 'immutable')
            return put;
        const there = await this.#isAt(image, tag, manifest.digest);
        return 'value' in there && there.value ? there : put;
    }
    async #isAt(image, tag, digest) {
        const head = await this.#send({ image, method: 'HEAD', reference: tag });
        if ('value' in head)
            return { value: head.value.headers.get('docker-content-digest') === digest };
        return head.refusal.kind === 'gone' ? { value: false } : head;
    }
    async #send(question) {
        const { image, method, reference, path = 'manifests', headers = { accept: ACCEPT }, body } = question;
        const request = { method, path: `${path}/${reference}`, headers, ...(body !== undefined && { body }) };
        const answer = await this.client.send(image, request);
        if (!answer.ok) {
            const failure = first(answer.failures);
            const message = `${referenceOf(question)}: ${failure.message}`;
            return { refusal: unanswered(question, { ...failure, message }) };
        }
        const isDone = answer.value.status === 200 || (method === 'PUT' && answer.value.status === 201);
        return isDone ? answer : { refusal: registry_refusal_refusalOf(question, answer.value) };
    }
}
/** A question without an answer is not a failure of the run; one for which nobody is logged in is. */
function notFound({ kind, failure }) {
    if (kind === 'gone')
        return (0,model_failure.ok)({ kind: 'missing' });
    return failure.kind === 'registry-denied'
        ? (0,model_failure/* failed */.gz)(failure)
        : (0,model_failure.ok)({ kind: 'unknown', problem: failure.message });
}
function first([failure]) {
    if (failure === undefined)
        throw new Error('A failed result without a failure');
    return failure;
}
function otherBytes(question, body) {
    const message = `${referenceOf(question)}: the registry sent other bytes, of ${registry_manifest_digestOf(body)}`;
    return { kind: 'registry-failed', message };
}

;// CONCATENATED MODULE: ./src/adapters/registry-challenge.ts
/** A scheme or a parameter: a token, and perhaps `=` with a quoted or a bare value (RFC 9110, 11.2 to 11.4). */
const PART = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g;
/**
 * The challenge of a header `WWW-Authenticate` that can be met: the first for a bearer token, else a basic one.
 * The header may name several schemes, in any case, their parameters quoted or not.
 */
function challengeOf(header) {
    const schemes = [];
    for (const [, name = '', quoted, bare] of header.matchAll(PART)) {
        const value = quoted?.replace(/\\(.)/g, '$1') ?? bare;
        if (value === undefined)
            schemes.push({ name: name.toLowerCase(), parameters: new Map() });
        else
            schemes.at(-1)?.parameters.set(name.toLowerCase(), value);
    }
    for (const { name, parameters } of schemes) {
        const realm = parameters.get('realm');
        if (name === 'bearer' && realm !== undefined && URL.canParse(realm)) {
            return { scheme: 'bearer', realm, service: parameters.get('service') ?? '' };
        }
    }
    return schemes.some(({ name }) => name === 'basic') ? { scheme: 'basic' } : undefined;
}

;// CONCATENATED MODULE: ./src/adapters/registry-login.ts



/** The lifetime of a token that says none, by Docker's "Token Authentication Specification". */
const LIFETIME_SECONDS = 60;
/**
 * Logins by a registry's challenge: basic, or a bearer token (Docker's "Token Authentication Specification"), which is
 * asked for once per repository and actions however many wait for it, and again when it expires or is refused.
 */
class RegistryLogins {
    credentials;
    transport;
    #accepted = new Map();
    #pending = new Map();
    constructor(credentials, transport) {
        this.credentials = credentials;
        this.transport = transport;
    }
    /** The login that was accepted last, once the one that is under way is there. */
    async current(access) {
        await this.#pending.get(keyOf(access));
        return this.#known(access);
    }
    /** A login other than `refused`, which was answered with this header `WWW-Authenticate`. */
    async renew(access, header, refused) {
        const key = keyOf(access);
        const pending = this.#pending.get(key);
        if (pending !== undefined)
            return pending;
        const known = this.#known(access);
        if (known !== undefined && known !== refused)
            return (0,model_failure.ok)(known);
        const asked = this.#ask(access, header).finally(() => this.#pending.delete(key));
        this.#pending.set(key, asked);
        return asked;
    }
    /** A login that was refused at once is not offered again. */
    forget(access, refused) {
        if (this.#known(access) === refused)
            this.#accepted.delete(keyOf(access));
    }
    #known(access) {
        const known = this.#accepted.get(keyOf(access));
        return known !== undefined && this.transport.now() < known.until ? known.login : undefined;
    }
    async #ask(access, header) {
        const found = await this.credentials.get(access.host);
        if (!found.ok)
            return found;
        const credentials = found.value;
        const loggedIn = credentials !== undefined;
        const challenge = challengeOf(header);
        if (challenge?.scheme === 'basic') {
            if (credentials?.kind !== 'password')
                return (0,model_failure.ok)({ loggedIn });
            return (0,model_failure.ok)(this.#keep(access, { authorization: basic(credentials), loggedIn }));
        }
        if (challenge === undefined)
            return (0,model_failure.ok)({ loggedIn });
        if (credentials?.kind === 'bearer') {
            return (0,model_failure.ok)(this.#keep(access, { authorization: `Bearer ${credentials.token}`, loggedIn }));
        }
        const realm = new URL(challenge.realm);
        if (realm.protocol !== 'https:' && !isLoopback(access.host))
            return (0,model_failure/* failed */.gz)(isUnsafe(access.host, realm));
        const token = await this.#token(tokenRequest(realm, queryOf(challenge.service, access), credentials));
        if (!token.ok)
            return token;
        if (token.value === undefined)
            return (0,model_failure.ok)({ loggedIn });
        const { value, lifetimeMs } = token.value;
        return (0,model_failure.ok)(this.#keep(access, { authorization: `Bearer ${value}`, loggedIn }, lifetimeMs));
    }
    #keep(access, login, lifetimeMs = Infinity) {
        // A token that expires on its way would cost a refusal.
        this.#accepted.set(keyOf(access), { login, until: this.transport.now() + 0.9 * lifetimeMs });
        return login;
    }
    /** `undefined` when the token server refuses. */
    async #token(request) {
        const answer = await this.transport.send(request);
        if (!answer.ok)
            return answer;
        const { status, body } = answer.value;
        if (status === 429 || status >= 500) {
            return (0,model_failure/* failed */.gz)(isBroken(request.url, `answered ${status}`));
        }
        if (status !== 200)
            return (0,model_failure.ok)(undefined);
        const token = tokenOf(body);
        return token === undefined ? (0,model_failure/* failed */.gz)(isBroken(request.url, 'sent no token')) : (0,model_failure.ok)(token);
    }
}
function keyOf({ host, repository, actions }) {
    return `${host}/${repository} ${actions}`;
}
function queryOf(service, { repository, actions }) {
    return new URLSearchParams({ service, scope: `repository:${repository}:${actions}` });
}
function tokenRequest(realm, query, credentials) {
    if (credentials?.kind === 'token') {
        query.set('grant_type', 'refresh_token');
        query.set('refresh_token', credentials.identityToken);
        query.set('client_id', 'smart-image-build');
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        return { method: 'POST', url: realm, headers, body: query.toString() };
    }
    const url = new URL(realm);
    for (const [name, value] of query)
        url.searchParams.append(name, value);
    const headers = credentials?.kind === 'password' ? { authorization: basic(credentials) } : {};
    return { method: 'GET', url, headers: { ...headers } };
}
function basic(credentials) {
    const pair = `${credentials.username}:${credentials.password}`;
    return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}
function tokenOf(body) {
    try {
        const answer = JSON.parse(body.toString('utf8'));
        const value = answer?.['token'] ?? answer?.['access_token'];
        const seconds = answer?.['expires_in'];
        if (typeof value !== 'string' || value === '')
            return undefined;
        return { value, lifetimeMs: 1000 * (typeof seconds === 'number' ? seconds : LIFETIME_SECONDS) };
    }
    catch {
        return undefined;
    }
}
function isBroken(server, problem) {
    return { kind: 'registry-failed', message: `the token server ${server.host} ${problem}` };
}
function isUnsafe(host, realm) {
    const message = `${host} wants its login sent to ${realm.host} without TLS, which is not done`;
    return { kind: 'registry-failed', message };
}

;// CONCATENATED MODULE: ./src/adapters/registry-client.ts




/** Requests of the OCI distribution protocol for one repository: address, login, retries. */
class RegistryClient {
    transport;
    logins;
    constructor(credentials, options = {}) {
        this.transport = new RegistryTransport(options);
        this.logins = new RegistryLogins(credentials, this.transport);
    }
    /** A failure when no answer was had within all tries, or when login itself fails. */
    async send(image, request) {
        const access = accessOf(image, request);
        const known = await this.logins.current(access);
        const first = await this.#send(image, request, known?.authorization);
        if (!first.ok)
            return first;
        if (first.value.status !== 401)
            return (0,model_failure.ok)({ ...first.value, loggedIn: known?.loggedIn ?? false });
        const challenge = first.value.headers.get('www-authenticate') ?? '';
        const login = await this.logins.renew(access, challenge, known);
        if (!login.ok)
            return login;
        const { authorization, loggedIn } = login.value;
        if (authorization === undefined)
            return (0,model_failure.ok)({ ...first.value, loggedIn });
        const second = await this.#send(image, request, authorization);
        if (!second.ok)
            return second;
        if (second.value.status === 401)
            this.logins.forget(access, login.value);
        return (0,model_failure.ok)({ ...second.value, loggedIn });
    }
    #send(image, { method, path, headers, body }, authorization) {
        return this.transport.send({
            method,
            url: urlOf(image, path),
            headers: { ...headers, ...(authorization !== undefined && { authorization }) },
            ...(body !== undefined && { body: new Uint8Array(body) }),
        });
    }
}
/** To read asks for no more than reading: a registry may refuse the whole login of who may not push. */
function accessOf(image, { method }) {
    const actions = method === 'PUT' ? 'pull,push' : 'pull';
    return { host: hostOf(image), repository: repositoryOf(image), actions };
}

;// CONCATENATED MODULE: ./src/adapters/machine.ts









function machine({ root, environment, signal }) {
    return {
        registry: new OciRegistry(new RegistryClient(new DockerCredentials(environment), { signal, environment })),
        engine: new docker_engine/* DockerEngine */.nc(environment),
        builder: new BuildxCli({ root, environment, now: Date.now }),
        definitions: new BakePrint({ environment }),
        containers: new DockerContainers(environment),
        buildInfo: new HttpBuildInfo({ signal, environment }),
        clock: {
            now: Date.now,
            pause: (milliseconds, signal) => (0,promises_.setTimeout)(milliseconds, undefined, { signal }).catch(() => undefined),
        },
    };
}


/***/ }),

/***/ 95696:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZP: () => (/* binding */ linkLayout),
/* harmony export */   gk: () => (/* binding */ writtenLayout),
/* harmony export */   y5: () => (/* binding */ wholeLayout)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(46466);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_4___default = /*#__PURE__*/__webpack_require__.n(node_stream_promises__WEBPACK_IMPORTED_MODULE_4__);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(42891);






const INDEX = /^application\/vnd\.(?:oci\.image\.index\.v1|docker\.distribution\.manifest\.list\.v2)\+json$/;
const MANIFEST = /^application\/vnd\.(?:oci\.image\.manifest\.v1|docker\.distribution\.manifest\.v2)\+json$/;
/** The layout in a folder, as a build has just written it: its bytes are not read once more. */
async function writtenLayout(folder) {
    try {
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_5__.ok)(await layoutIn(folder, { isRead: false }));
    }
    catch (error) {
        const message = `the builder wrote no image to ${folder}: ${error.message}`;
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_5__/* .failed */ .gz)({ kind: 'engine-failed', message });
    }
}
/**
 * The layout in a folder, if it has exactly one image and every blob that this consists of has the size and the digest
 * that it is referred to by. Whatever else is found there, or cannot be read, is no layout.
 */
async function wholeLayout(folder) {
    try {
        return await layoutIn(folder, { isRead: true });
    }
    catch {
        return undefined;
    }
}
/** Makes a folder that is the same layout, of the same blobs on the disk, and nothing else. */
async function linkLayout(from, to) {
    const blobs = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)('blobs', 'sha256');
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(to, blobs), { recursive: true });
    const files = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(from, blobs))).map((name) => (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(blobs, name));
    const others = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(from)).filter((name) => name === 'index.json' || name === 'oci-layout');
    for (const file of [...files, ...others])
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.link)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(from, file), (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(to, file));
}
async function layoutIn(folder, { isRead }) {
    const { manifests } = await readJson((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, 'index.json'));
    const [image, ...others] = manifests ?? [];
    if (image === undefined || others.length > 0)
        throw new Error('its index does not name exactly one image');
    await verify(image, { folder, isRead, verified: new Set() });
    return { folder, digest: image.digest };
}
async function verify({ mediaType, digest, size }, of) {
    if (of.verified.has(digest))
        return;
    of.verified.add(digest);
    const blob = blobOf(digest, of.folder);
    const isWhole = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(blob)).size === size && (!of.isRead || (await digestOf(blob)) === digest);
    if (!isWhole)
        throw new Error(`${digest} is not what it was`);
    for (const child of await childrenOf(mediaType, blob))
        await verify(child, of);
}
/** What an image or index consists of; a configuration or a layer of nothing more. */
async function childrenOf(mediaType, blob) {
    const isIndex = INDEX.test(mediaType);
    if (!isIndex && !MANIFEST.test(mediaType))
        return [];
    const { manifests, config, layers } = await readJson(blob);
    const children = isIndex ? manifests : config && layers && [config, ...layers];
    if (children === undefined)
        throw new Error(`${blob} is no ${mediaType}`);
    return children;
}
function blobOf(digest, folder) {
    const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
    if (hex === undefined)
        throw new Error(`${digest} is no sha256`);
    return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, 'blobs', 'sha256', hex);
}
async function digestOf(file) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_4__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(file), hash);
    return `sha256:${hash.digest('hex')}`;
}
async function readJson(file) {
    return JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(file, 'utf8'));
}


/***/ }),

/***/ 93221:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ defaultParallel)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);

/** How many builds run at once unless told otherwise: they wait for network and disk more than they compute. */
function defaultParallel() {
    return Math.max(4, 2 * (0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)());
}


/***/ }),

/***/ 61169:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ run),
/* harmony export */   i: () => (/* binding */ converse)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(80481);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_readline__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57075);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_stream__WEBPACK_IMPORTED_MODULE_3__);




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
    const { input = '' } = options;
    child.stdin.on('error', () => undefined);
    if (typeof input === 'string')
        child.stdin.end(input);
    else
        (0,node_stream__WEBPACK_IMPORTED_MODULE_3__.pipeline)(input, child.stdin, () => undefined);
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
        child.on('exit', () => {
            closePipesSoon(child);
        });
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
/** Starts a program to talk to; it gets the end of its input, and so ends, when this process does. */
function converse([program, ...args], { cwd, env }, { onOutput, onEnd }) {
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const stderr = [];
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.stdout.on('data', onOutput);
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
        onEnd(error.message);
    });
    child.on('exit', () => {
        closePipesSoon(child);
    });
    child.on('close', (exitCode, signal) => {
        onEnd(`${signal ?? `exit code ${exitCode ?? 0}`}: ${Buffer.concat(stderr).toString('utf8').trim()}`);
    });
    const handles = [child, child.stdin, child.stdout, child.stderr];
    return {
        write: (text) => child.stdin.write(text),
        end: () => child.stdin.end(),
        hold: (isNeeded) => {
            for (const handle of handles) {
                if (isNeeded)
                    handle.ref();
                else
                    handle.unref();
            }
        },
    };
}
/** What a program leaves behind may hold its pipes open for ever. */
function closePipesSoon(child) {
    setTimeout(() => {
        closePipes(child);
    }, LAST_WORDS_MS).unref();
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

/***/ 2855:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  x: () => (/* binding */ VERSION)
});

;// CONCATENATED MODULE: ./package.json
const package_namespaceObject = {"rE":"0.1.0"};
;// CONCATENATED MODULE: ./src/adapters/version.ts

/** Version of this software, as published. */
const VERSION = package_namespaceObject.rE;


/***/ }),

/***/ 81393:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VY: () => (/* binding */ draftImage),
/* harmony export */   eE: () => (/* binding */ PLAIN_BUILD),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
/* harmony import */ var _image_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38407);
/* harmony import */ var _interpolate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(72757);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81066);



/** What a build has when nothing is configured. */
const PLAIN_BUILD = {
    buildArgs: {},
    contexts: {},
    labels: {},
    annotations: [],
    secrets: [],
    secretIds: [],
    ssh: [],
    attests: [],
    addHosts: [],
    ulimit: [],
    allow: [],
    volatileArgs: [],
    noCache: false,
    noCacheFilters: [],
    cacheFrom: [],
    cacheTo: [],
};
/** An image with all that the configuration says of it, but the values of environment variables. */
function draftImage(configured, around) {
    const settings = settingsOf(configured, around);
    const { context, buildArgs, labels } = settings;
    if (context === undefined)
        throw new Error(`\`${configured.name}\` has no context`);
    const args = [...buildArgs];
    const service = {
        ...{ kind: configured.kind, name: configured.name, place: configured.place },
        image: (0,_image_js__WEBPACK_IMPORTED_MODULE_0__/* .withRegistry */ .u$)(configured.image, around.registry),
        ...(configured.loadAs !== undefined && { loadAs: configured.loadAs }),
        context,
        file: settings.file ?? (0,_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .joinPath */ .uJ)(context, 'Dockerfile'),
        tags: configured.kind === 'base' ? [] : (settings.tags ?? []),
        paths: settings.paths ?? [],
        ignore: settings.ignore ?? [],
        generated: recordOf([...settings.generated]),
        ...(settings.lockfiles !== undefined && { lockfiles: settings.lockfiles }),
        needs: settings.needs?.map(({ name }) => name) ?? [],
        trackUpstream: settings.trackUpstream ?? 'never',
        ...(settings.maxAgeMs !== undefined && { maxAgeMs: settings.maxAgeMs }),
        ...(settings.health !== undefined && configured.kind === 'service' && { health: settings.health }),
        build: {
            ...PLAIN_BUILD,
            ...settings.build,
            contexts: recordOf([
                ...settings.contexts,
                ...ownContexts(configured, { settings, images: around.images }),
            ]),
            secrets: [...settings.secrets.values()],
            labels: recordOf([...labels]),
            buildArgs: recordOf(args.flatMap(([arg, { template }]) => {
                const filled = (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_2__/* .fill */ .G)(template.parts, {});
                return isOpen(template) || !('value' in filled) ? [] : [[arg, filled.value]];
            })),
        },
        matrix: recordOf(configured.kind === 'base' ? [] : [...settings.matrix]),
    };
    const open = args
        .filter(([, { template }]) => isOpen(template))
        .map(([arg, { template, place }]) => ({ name: arg, parts: template.parts, place }));
    return { draft: { service, open }, notices: args.flatMap(unbracedVariables) };
}
/** With those of `defaults`, and with those of the service whose stage it is. */
function settingsOf({ settings }, { defaults, images }) {
    const { stageOf } = settings;
    const service = stageOf && images.find(({ name }) => name === stageOf.name);
    if (service === undefined)
        return overlaid(defaults, settings);
    // What the service needs besides is not for its stage.
    return overlaid(overlaid(defaults, { ...service.settings, needs: [] }), settings);
}
/** Images of ours that it takes by name, and stages of its own that are images of their own. */
function ownContexts({ name, settings: { stageOf } }, { settings, images }) {
    const contexts = [...settings.bases].map(([context, base]) => [context, imageContext(base.name)]);
    const service = stageOf?.name ?? name;
    for (const image of images) {
        // A stage is made without itself, and without those that are named after it.
        if (image.name === name)
            break;
        const { target } = image.settings.build;
        if (image.settings.stageOf?.name === service && target !== undefined)
            contexts.push([target.toLowerCase(), imageContext(image.name)]);
    }
    return contexts;
}
function imageContext(image) {
    return { kind: 'image', image };
}
/** What the upper ones say counts; maps are merged. */
function overlaid(under, over) {
    return {
        ...under,
        ...over,
        generated: new Map([...under.generated, ...over.generated]),
        contexts: new Map([...under.contexts, ...over.contexts]),
        bases: new Map([...under.bases, ...over.bases]),
        labels: new Map([...under.labels, ...over.labels]),
        buildArgs: new Map([...under.buildArgs, ...over.buildArgs]),
        secrets: new Map([...under.secrets, ...over.secrets]),
        matrix: new Map([...under.matrix, ...over.matrix]),
        build: { ...under.build, ...over.build },
    };
}
function isOpen({ parts }) {
    return parts.some((part) => typeof part !== 'string');
}
function unbracedVariables([name, { template, place }]) {
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


/***/ }),

/***/ 38407:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hG: () => (/* binding */ familiarName),
/* harmony export */   l5: () => (/* binding */ parseRegistry),
/* harmony export */   u$: () => (/* binding */ withRegistry),
/* harmony export */   zZ: () => (/* binding */ parseImage)
/* harmony export */ });
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
/** What Docker Hub is called in names of images; an image without a registry is there, too. */
const DOCKER_HUB = [undefined, 'docker.io', 'index.docker.io'];
/**
 * The one name among all that an image has, after distribution's `reference.FamiliarName`: `docker.io/library/alpine`
 * is `alpine`.
 */
function familiarName({ registry, repository }) {
    if (!DOCKER_HUB.includes(registry))
        return `${registry}/${repository}`;
    return repository.replace(/^library\/(?=[^/]+$)/, '');
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


/***/ }),

/***/ 72757:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ fill),
/* harmony export */   Q: () => (/* binding */ parseTemplate)
/* harmony export */ });
const TOKEN = /\$\$|\$\{([^{}]*)\}|\$\{|\$(?=([A-Za-z_]\w*))/g;
const VARIABLE = /^([A-Za-z_]\w*)(?::-(.*))?$/s;
/** Understands `${NAME}`, `${NAME:-default}` and `$$` (a literal `$`); any other `$` is text. */
function parseTemplate(text) {
    const parts = [];
    const unbraced = [];
    let end = 0;
    for (const match of text.matchAll(TOKEN)) {
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
function fill(parts, variables) {
    const missing = new Set();
    const texts = parts.map((part) => {
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


/***/ }),

/***/ 83517:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ invalid)
/* harmony export */ });
function invalid(message, place) {
    return { kind: 'config-invalid', message, place };
}


/***/ }),

/***/ 77771:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R2: () => (/* binding */ LINE_OR_COMMA),
/* harmony export */   T6: () => (/* binding */ splitPair),
/* harmony export */   _x: () => (/* binding */ pairName),
/* harmony export */   pj: () => (/* binding */ LINE),
/* harmony export */   ry: () => (/* binding */ splitList)
/* harmony export */ });
/** Separators of a list that is written as text, as docker/build-push-action reads its inputs. */
const LINE = /\n/;
const LINE_OR_COMMA = /[\n,]/;
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


/***/ }),

/***/ 81066:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IC: () => (/* binding */ folderPath),
/* harmony export */   s$: () => (/* binding */ filePath),
/* harmony export */   uJ: () => (/* binding */ joinPath)
/* harmony export */ });
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
    return isFolder ? { problem: `\`${text}\` is a folder; name a file in it` } : checked;
}
function joinPath(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
function pathWithin(text) {
    // C1 controls (U+0080 to U+009F) too: terminals obey them as they do escape sequences.
    if (/\p{Cc}/u.test(text))
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


/***/ }),

/***/ 84770:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ parseRequest)
});

// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
;// CONCATENATED MODULE: ./src/model/layer-cache.ts
const LAYER_CACHES = ['gha', 'registry', 'local', 'inline', 'none'];

// EXTERNAL MODULE: ./src/model/request.ts
var model_request = __webpack_require__(6968);
// EXTERNAL MODULE: ./src/config/pairs.ts
var pairs = __webpack_require__(77771);
// EXTERNAL MODULE: ./src/config/suggest.ts
var suggest = __webpack_require__(42784);
;// CONCATENATED MODULE: ./src/config/input-reader.ts


/** OCI distribution specification 1.1, section "Pulling manifests". */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const UNITS = { s: 1000, m: 60_000, h: 3_600_000 };
/** Reads inputs one by one; what cannot be understood is added to the failures, and read as some value of its type. */
class InputReader {
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
    list(name, separator = pairs/* LINE_OR_COMMA */.R2) {
        return (0,pairs/* splitList */.ry)(this.text(name) ?? '', separator);
    }
    boolean(name) {
        const text = this.text(name) ?? 'false';
        if (text !== 'true' && text !== 'false')
            this.#fail(`\`${name}\` is \`${text}\`; it must be \`true\` or \`false\``);
        return text === 'true';
    }
    count(name, most = 9999) {
        const text = this.text(name);
        if (text === undefined)
            return undefined;
        if (!/^[1-9]\d{0,3}$/.test(text) || Number(text) > most)
            this.#fail(`\`${name}\` is \`${text}\`; it must be a whole number from 1 to ${most}`);
        return Number(text);
    }
    /** A tag or digest; `undefined` for one of the words that mean none. */
    reference(name, none) {
        const text = this.text(name);
        if (text === undefined || none.includes(text))
            return undefined;
        const digest = name === 'from' ? DIGEST : undefined;
        if (!TAG.test(text) && !digest?.test(text))
            this.#fail(`\`${name}\` is \`${text}\`; it must be a tag${digest ? ', or a digest `sha256:…`' : ''}`);
        return text;
    }
    /** Milliseconds; a number without a unit is of seconds. */
    duration(name) {
        const [, number, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(this.text(name) ?? '0') ?? [];
        if (number === undefined)
            this.#fail(`\`${name}\` is \`${this.text(name) ?? ''}\`; it must be seconds, or a duration such as 90s or 10m`);
        return Number(number ?? 0) * (UNITS[unit] ?? 0);
    }
    /** The first choice is the default. */
    choice(name, choices) {
        const text = this.text(name) ?? choices[0];
        const found = choices.find((choice) => choice === text);
        if (found !== undefined)
            return found;
        const near = (0,suggest/* closest */.k)(text, choices);
        this.#fail(`\`${name}\` is \`${text}\`; it must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}${near ? `; did you mean \`${near}\`?` : ''}`);
        return choices[0];
    }
    #fail(message) {
        this.failures.push({ kind: 'usage', message });
    }
}

;// CONCATENATED MODULE: ./src/config/secrets.ts
/**
 * The secrets that the inputs name, in the form of docker/build-push-action: one `id=…` a line, and in quotes a value of
 * several lines with `""` for a quote. One of `secrets` that is empty, as GitHub gives it to a fork, is not given. What is
 * wrong is added to `failures`, without a value.
 */
function readSecrets({ secrets, envs, files }, failures) {
    const all = [
        ...secrets_pairs('secrets', secrets, failures).map(([id, value]) => ({ id, kind: 'value', value })),
        ...secrets_pairs('secret-envs', envs, failures).map(([id, variable]) => ({
            id,
            kind: 'variable',
            variable,
        })),
        ...secrets_pairs('secret-files', files, failures).map(([id, path]) => ({ id, kind: 'file', path })),
    ];
    const doubled = new Set(all.map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index));
    for (const id of doubled)
        failures.push(usage(`the secret \`${id}\` is given twice; give each id one value`));
    return all;
}
function secrets_pairs(input, text, failures) {
    return entriesOf(text).flatMap((entry, index) => {
        const [, id, value = ''] = /^([^\s=,"']+)=(.*)$/s.exec(entry) ?? [];
        if (id !== undefined && value !== '')
            return [[id, value]];
        if (id !== undefined && input === 'secrets')
            return [];
        // The entry itself may be a value that lost its name.
        failures.push(usage(`\`${input}\`: entry ${index + 1} is not \`id=${MEANT[input]}\``));
        return [];
    });
}
const MEANT = {
    secrets: 'value',
    'secret-envs': 'VARIABLE',
    'secret-files': 'path',
};
/** Lines that are not empty; one that begins with a quote ends with the quote that closes it. */
function entriesOf(text) {
    return [...text.matchAll(/[^\S\n]*(?:"((?:[^"]|"")*)"[^\S\n]*(?=\n|$)|([^\n]+))/g)]
        .map(([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare.trim())
        .filter((entry) => entry !== '');
}
function usage(message) {
    return { kind: 'usage', message };
}

;// CONCATENATED MODULE: ./src/config/shard.ts
/** It becomes part of the name of an artifact; `plan` is the plan's own. */
const NAME = /^(?!plan$)[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** One leg's batch, as an entry of the output `build-matrix` or `base-matrix` gives it; other keys are the workflow's. */
function readShard(text, failures) {
    if (text === undefined)
        return undefined;
    const shard = parsed(text);
    if (typeof shard === 'object')
        return shard;
    const message = `\`shard\` ${shard}; it must be \`\${{ toJSON(matrix) }}\` in a job whose matrix is the output \`build-matrix\` or \`base-matrix\` of the plan`;
    failures.push({ kind: 'usage', message });
    return undefined;
}
/** Of the inputs: it builds what its batch names, and leaves all tags but the fingerprint's to who collects the legs. */
function withoutMeaningInLeg(given) {
    const names = ['services', 'tags'].filter((name) => given(name) !== undefined);
    return names.map((name) => ({
        kind: 'usage',
        message: `\`${name}\` has no meaning beside \`shard\`; give it to the jobs that plan and collect`,
    }));
}
function parsed(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return 'is not JSON';
    }
    const { shard, images } = value ?? {};
    if (typeof shard !== 'string')
        return 'has no text under the key `shard`';
    if (!NAME.test(shard))
        return `is named ${JSON.stringify(shard)}, which cannot be part of an artifact's name`;
    if (!Array.isArray(images) || images.length === 0)
        return 'has no list of images under the key `images`';
    const names = images.flatMap((name) => (typeof name === 'string' && name !== '' ? [name] : []));
    return names.length === images.length ? { name: shard, images: names } : 'lists images without a name';
}

// EXTERNAL MODULE: ./src/config/tags.ts + 9 modules
var config_tags = __webpack_require__(97635);
// EXTERNAL MODULE: ./src/config/schema.ts
var schema = __webpack_require__(90131);
;// CONCATENATED MODULE: ./src/config/urls.ts

/** `URL`, or `SERVICE=URL`, where a service says what it was built from. */
function readUrls(entries, failures) {
    return entries.flatMap((entry) => {
        const [, service, rest] = /^([^=:/]*)=(.*)$/s.exec(entry) ?? [];
        const url = rest ?? entry;
        const isName = service === undefined || schema/* SERVICE_NAME */.OX.test(service);
        if (isName && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))
            return [service === undefined ? { url } : { service, url }];
        const message = `\`url\` is \`${entry}\`; it must be an address such as https://shop.example/build/info, or SERVICE=ADDRESS`;
        failures.push({ kind: 'usage', message });
        return [];
    });
}

;// CONCATENATED MODULE: ./src/config/request.ts









/**
 * The request that the inputs make; `usage` lists every input that cannot be understood. Booleans are strict and
 * lists are separated by new lines or commas, as in docker's actions.
 */
function parseRequest(inputs, defaults) {
    const failures = [];
    const reader = new InputReader(inputs, failures);
    const mode = reader.choice('mode', ['build', 'plan', 'collect', 'promote', 'verify']);
    // Checked as the build that it stands for.
    const isDryRun = reader.boolean('dry-run');
    const shard = readShard(reader.text('shard'), failures);
    const tags = reader.list('tags', pairs/* LINE */.pj);
    const most = reader.count('max-parallel');
    const request = {
        mode: isDryRun ? 'plan' : mode,
        services: reader.list('services'),
        force: forceOf(reader.list('force')),
        inputsFrom: reader.choice('inputs-from', ['auto', 'commit', 'worktree']),
        detect: reader.choice('detect', ['content', 'commits']),
        waitMs: reader.duration('wait'),
        tags: tags.length > 0 ? tags : config_tags/* DEFAULT_TAG_RULES */.r,
        maxParallel: most ?? defaults.maxParallel,
        maxShortParallel: most ?? model_request/* SHORT_FOR_LONG */.m * defaults.maxParallel,
        maxJobs: reader.count('max-jobs', 256) ?? 8, // GitHub's limit for a matrix
        layerCache: layerCacheOf(reader, defaults),
        ...switchesOf(reader),
        secrets: readSecrets({
            secrets: reader.text('secrets') ?? '',
            envs: reader.text('secret-envs') ?? '',
            files: reader.text('secret-files') ?? '',
        }, failures),
        ...optionalOf(reader, failures),
        ...(shard && { shard }),
    };
    failures.push(...withoutMeaning(mode, reader));
    failures.push(...contradictions(request), ...contradictoryCache(request.layerCache));
    failures.push(...contradictoryPlaces(request));
    if (shard !== undefined)
        failures.push(...withoutMeaningInLeg((name) => reader.text(name)));
    return (0,failure/* unless */.NJ)(failures, request);
}
function switchesOf(reader) {
    return {
        push: reader.boolean('push'),
        load: reader.boolean('load'),
        failFast: reader.boolean('fail-fast'),
        noCache: reader.boolean('no-cache'),
        pull: reader.boolean('pull'),
        allowDirty: reader.boolean('allow-dirty'),
        exitCode: reader.boolean('exit-code'),
        advise: reader.boolean('advise'),
        localOnly: reader.boolean('local-only'),
    };
}
/** What is absent from a request unless an input says it. */
function optionalOf(reader, failures) {
    const texts = {
        config: reader.text('config'),
        baseRef: reader.text('base-ref'),
        registry: reader.text('registry'),
        changedSince: reader.reference('changed-since', ['record']),
        from: reader.reference('from', []),
        composeProject: reader.text('compose-project'),
        builder: reader.text('builder'),
    };
    const urls = readUrls(reader.list('url', pairs/* LINE */.pj), failures);
    const cleanup = reader.choice('cleanup', ['none', 'dangling']);
    const comment = reader.choice('comment', ['auto', 'always', 'never']);
    return {
        ...withoutUndefined(texts),
        ...(urls.length > 0 && { urls }),
        ...(cleanup !== 'none' && { cleanup }),
        ...(comment !== 'auto' && { comment }),
    };
}
const DECIDING = ['build', 'plan', 'collect'];
const HERE = ['build', 'plan'];
/** Who names an address or a project looks nowhere else. */
function contradictoryPlaces({ urls, composeProject }) {
    if (urls === undefined || composeProject === undefined)
        return [];
    const message = '`url` and `compose-project` cannot be combined: verify one after the other';
    return [{ kind: 'usage', message }];
}
/** What asks no registry cannot be combined with what needs one. */
function contradictions({ localOnly, push, detect, changedSince }) {
    const offline = [...(localOnly ? ['local-only'] : []), ...(detect === 'commits' ? ['detect: commits'] : [])];
    return offline.flatMap((name) => {
        const needing = [
            ...(push && name === 'local-only' ? ['push'] : []),
            ...(changedSince === undefined ? [] : ['changed-since']),
        ];
        return needing.map((other) => ({
            kind: 'usage',
            message: `\`${name}\` asks no registry, so it cannot be combined with \`${other}\``,
        }));
    });
}
/** BuildKit keeps no more than the image's own layers in the image itself (documentation of its inline cache). */
function contradictoryCache({ kind, mode }) {
    if (kind !== 'inline' || mode !== 'max')
        return [];
    const message = '`layer-cache: inline` keeps the layers of the image alone, so it cannot be combined with `layer-cache-mode: max`; take `registry` for those of every stage';
    return [{ kind: 'usage', message }];
}
/** Inputs that say something in some modes only. */
const MEANINGFUL = {
    ...{ force: DECIDING, push: DECIDING, 'base-ref': DECIDING, 'changed-since': DECIDING, detect: DECIDING },
    ...{ load: HERE, 'local-only': HERE, 'exit-code': HERE, tags: [...DECIDING, 'promote'] },
    shard: ['build'],
    ...{ builder: ['build'], 'max-parallel': ['build'], 'fail-fast': ['build'], 'no-cache': ['build'] },
    ...{ 'layer-cache': ['build'], 'layer-cache-mode': ['build'], 'layer-cache-write': ['build'] },
    ...{ secrets: ['build'], 'secret-envs': ['build'], 'secret-files': ['build'] },
    ...{ 'max-jobs': ['plan'], advise: ['plan'], pull: ['build'], 'allow-dirty': ['build'] },
    ...{ from: ['promote'], wait: ['promote'] },
    ...{ comment: DECIDING, cleanup: ['build'], url: ['verify'], 'compose-project': ['verify'] },
};
/** One that changes nothing (`false`, `none`, `never`, `0`) may stand in any mode. */
function withoutMeaning(mode, reader) {
    const names = Object.keys(MEANINGFUL).filter((name) => MEANINGFUL[name]?.includes(mode) === false);
    const given = names.filter((name) => !['false', 'none', 'never', '0'].includes(reader.text(name) ?? 'false'));
    return given.map((name) => ({
        kind: 'usage',
        message: `\`${name}\` has no meaning in mode \`${mode}\`; leave it out`,
    }));
}
function layerCacheOf(reader, defaults) {
    const isGiven = (name) => reader.text(name) !== undefined;
    return {
        kind: isGiven('layer-cache') ? reader.choice('layer-cache', LAYER_CACHES) : defaults.layerCache,
        write: reader.choice('layer-cache-write', ['auto', 'always', 'never']),
        ...(isGiven('layer-cache-mode') && { mode: reader.choice('layer-cache-mode', ['min', 'max']) }),
    };
}
function forceOf(names) {
    if (names.length === 0 || (names.length === 1 && (names[0] === 'none' || names[0] === 'false')))
        return { kind: 'none' };
    if (names.includes('all') || (names.length === 1 && names[0] === 'true'))
        return { kind: 'all' };
    return { kind: 'names', names };
}
function withoutUndefined(map) {
    const set = Object.entries(map).filter(([, value]) => value !== undefined);
    return Object.fromEntries(set);
}


/***/ }),

/***/ 1213:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  yw: () => (/* binding */ draftServices),
  ii: () => (/* binding */ fillDrafts),
  Fv: () => (/* binding */ registryOf),
  $j: () => (/* binding */ sameImages)
});

// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/model/service.ts
var model_service = __webpack_require__(41674);
// EXTERNAL MODULE: ./src/config/invalid.ts
var invalid = __webpack_require__(83517);
// EXTERNAL MODULE: ./src/config/draft.ts
var draft = __webpack_require__(81393);
// EXTERNAL MODULE: ./src/config/image.ts
var config_image = __webpack_require__(38407);
// EXTERNAL MODULE: ./src/config/interpolate.ts
var interpolate = __webpack_require__(72757);
// EXTERNAL MODULE: ./src/config/suggest.ts
var suggest = __webpack_require__(42784);
;// CONCATENATED MODULE: ./src/config/references.ts


/** A failure for each name of another image under which there is none, or one of the wrong kind. */
function unknownImages(images) {
    const all = images.map(({ name }) => name);
    const bases = images.filter(({ kind }) => kind === 'base').map(({ name }) => name);
    const services = images.filter(({ kind }) => kind === 'service').map(({ name }) => name);
    return images.flatMap(({ name, place, settings }) => {
        const contexts = [...settings.contexts.values()].flatMap((context) => context.kind === 'image' ? [{ name: context.image, place }] : []);
        const others = [...settings.bases.values(), ...(settings.needs ?? []), ...contexts];
        return [
            ...unknown([...settings.bases.values()], bases, 'base'),
            ...unknown(settings.stageOf ? [settings.stageOf] : [], services, 'service'),
            ...unknown([...(settings.needs ?? []), ...contexts], all, 'image'),
            ...others
                .filter((other) => other.name === name)
                .map((other) => (0,invalid/* invalid */.G)(`\`${name}\` cannot be built from itself`, other.place)),
        ];
    });
}
function unknown(named, known, what) {
    return named.flatMap(({ name, place }) => {
        if (known.includes(name))
            return [];
        const near = (0,suggest/* closest */.k)(name, known);
        const those = known.length === 0 ? `there is no ${what} at all` : `there are ${known.join(', ')}`;
        return [(0,invalid/* invalid */.G)(`there is no ${what} \`${name}\`; ${near ? `did you mean \`${near}\`?` : those}`, place)];
    });
}

;// CONCATENATED MODULE: ./src/config/resolve.ts







/**
 * The images with `defaults` and the registry put in. Failures: `config-invalid` for two images of one name in the
 * registry and for names of others that are not there, `usage` for a registry option that cannot be understood.
 */
function draftServices(config, registryOption) {
    const registry = registryOf(registryOption, config.registry);
    if (!registry.ok)
        return registry;
    const unknown = unknownImages(config.images);
    if (unknown.length > 0)
        return (0,failure/* unless */.NJ)(unknown, { drafts: [], reusePullRequests: true, notices: [] });
    const around = { defaults: config.defaults, registry: registry.value, images: config.images };
    const drafted = config.images.map((image) => (0,draft/* draftImage */.VY)(image, around));
    const drafts = drafted.map(({ draft }) => draft);
    const failures = duplicateImages(config.images, drafts.map(({ service }) => service));
    const { reusePullRequests } = config;
    const notices = distinct(drafted.flatMap(({ notices }) => notices));
    return (0,failure/* unless */.NJ)(failures, { drafts, reusePullRequests, notices });
}
/** The services with environment variables put in; `config-invalid` for each that is missing. */
function fillDrafts(drafts, variables) {
    const failures = [];
    const services = drafts.map(({ service, open }) => {
        if (open.length === 0)
            return service;
        const buildArgs = new Map(Object.entries(service.build.buildArgs));
        for (const argument of open) {
            const filled = (0,interpolate/* fill */.G)(argument.parts, variables);
            if ('value' in filled)
                buildArgs.set(argument.name, filled.value);
            else
                failures.push(...missingVariables(argument, filled.missing));
        }
        return { ...service, build: { ...service.build, buildArgs: (0,draft/* recordOf */.zv)([...buildArgs]) } };
    });
    return (0,failure/* unless */.NJ)(distinct(failures), services);
}
/** The registry that counts: the option when it is given and not empty, else what is configured. */
function registryOf(option, configured) {
    if (option === undefined || option === '')
        return (0,failure.ok)(configured);
    const checked = (0,config_image/* parseRegistry */.l5)(option);
    return 'value' in checked
        ? (0,failure.ok)(checked.value)
        : (0,failure/* failed */.gz)({ kind: 'usage', message: `\`registry\`: ${checked.problem}` });
}
/** Each service whose image an earlier one has already, with that one. */
function sameImages(services) {
    const owners = new Map();
    return services.flatMap((service) => {
        const name = (0,config_image/* familiarName */.hG)(service.image);
        const earlier = owners.get(name);
        if (earlier === undefined)
            owners.set(name, service);
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
        return [(0,invalid/* invalid */.G)(message, place)];
    });
}
function missingVariables({ name, place }, missing) {
    return missing.map((variable) => {
        const problem = `needs the environment variable \`${variable}\`, which is not set`;
        return (0,invalid/* invalid */.G)(`build argument \`${name}\` ${problem}; set it, or write \`\${${variable}:-default}\``, place);
    });
}
function distinct(values) {
    return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}


/***/ }),

/***/ 90131:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ck: () => (/* binding */ SERVICE_ONLY_KEYS),
/* harmony export */   LV: () => (/* binding */ PER_SERVICE_KEYS),
/* harmony export */   OX: () => (/* binding */ SERVICE_NAME),
/* harmony export */   XX: () => (/* binding */ BASE_KEYS),
/* harmony export */   oX: () => (/* binding */ serviceEntries)
/* harmony export */ });
/* unused harmony export configSchema */
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77934);

/*
 * The shape of the configuration: what `parse.ts` checks and what `schema.json` is generated from. Maps whose keys are
 * a person's own names are `v.map`, as objects would lose names such as `constructor`. The message of each schema
 * completes the sentence "… must be …".
 */
const text = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP('text'), valibot__WEBPACK_IMPORTED_MODULE_0__/* .minLength */ .BpQ(1, 'text that is not empty'));
const list = valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(text, 'a list'), text], 'a list, or text with one item per line');
const scalar = valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY()], 'text, a number, true or false');
function pairs(value) {
    const map = valibot__WEBPACK_IMPORTED_MODULE_0__/* .map */ .TjK(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), value, 'a map');
    return valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([map, valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(text, 'a list'), text], 'a map of names to values, or KEY=VALUE lines');
}
function described(schema, description) {
    return valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(schema, valibot__WEBPACK_IMPORTED_MODULE_0__/* .description */ .h_(description)));
}
const DURATION = /^[1-9]\d{0,4}[dhm]$/;
const DURATION_FORM = 'a duration such as 30d, 12h or 90m';
const PORT = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig('a port'), valibot__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .ndf('a port'), valibot__WEBPACK_IMPORTED_MODULE_0__/* .minValue */ .Wwf(1, 'a port'), valibot__WEBPACK_IMPORTED_MODULE_0__/* .maxValue */ .cGV(65535, 'a port'));
const TIMEOUT = /^[1-9]\d{0,3}[sm]$/;
const TIMEOUT_FORM = 'a duration such as 30s or 2m';
const health = valibot__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    port: valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(PORT, valibot__WEBPACK_IMPORTED_MODULE_0__/* .description */ .h_('Port that the service listens at.')),
    path: described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(text, valibot__WEBPACK_IMPORTED_MODULE_0__/* .regex */ .yGV(/^\/\S*$/, 'a path such as /health')), 'Path. Default: `/`.'),
    timeout: described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(text, valibot__WEBPACK_IMPORTED_MODULE_0__/* .regex */ .yGV(TIMEOUT, TIMEOUT_FORM)), 'How long it may take. Default: `30s`.'),
}, 'a map of `port` and, where the defaults will not do, `path` and `timeout`');
/** Keys of one service in this version, by their names in docker/build-push-action where it has them. */
const serviceEntries = {
    context: valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(text, valibot__WEBPACK_IMPORTED_MODULE_0__/* .description */ .h_('Folder of the build context, relative to the repository root; `.` is the root.')),
    file: described(text, 'Dockerfile, relative to the repository root. Default: `<context>/Dockerfile`.'),
    'build-contexts': described(pairs(text), 'Build contexts besides the main one: a map, or NAME=VALUE lines. A value is a folder relative to the repository root, or an address: `docker-image://…`, `https://…`, `git@…`, `oci-layout://…`.'),
    paths: described(list, 'Inputs beyond what the Dockerfile copies: gitignore patterns, relative to the repository root.'),
    ignore: described(list, 'What never counts as an input: gitignore patterns, relative to the repository root; the last match wins.'),
    generated: described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .map */ .TjK(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), list, 'a map'), 'Files and folders that an earlier step makes, each with gitignore patterns of its sources, which count in its place.'),
    target: described(text, 'Stage of the Dockerfile to build.'),
    image: described(text, 'Image name without a tag. Default: the name of the service. `registry` is put before it unless it names a registry of its own.'),
    tags: described(list, 'Tag rules, added to those of the input `tags`.'),
    labels: described(pairs(scalar), 'Labels of the image: a map, or KEY=VALUE lines.'),
    annotations: described(list, 'OCI annotations: `key=value` lines, with an optional `type:` in front.'),
    'build-args': described(pairs(valibot__WEBPACK_IMPORTED_MODULE_0__/* .nullable */ .mee(scalar)), 'Build arguments: a map, or KEY=VALUE lines. `${NAME}` and `${NAME:-default}` come from the environment, `$$` is a `$`; an argument without a value has that of the environment variable of its name.'),
    'volatile-args': described(list, 'Names of build arguments that are passed but never count as an input, such as that of a version.'),
    secrets: described(list, 'Ids of secrets that its build must be given by the inputs `secrets`, `secret-envs` or `secret-files`.'),
    'secret-envs': described(pairs(text), 'Secrets whose values environment variables hold, by id: a map, or ID=VARIABLE lines.'),
    'secret-files': described(pairs(text), 'Secrets that files hold, by id: a map, or ID=PATH lines, relative to the repository root. A tracked one counts as an input.'),
    ssh: described(list, 'SSH agent sockets or keys for the build, such as `default`.'),
    platforms: described(list, 'Platforms such as `linux/amd64`. Default: `linux/amd64`.'),
    provenance: described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(), text], 'true, false or text such as mode=max'), 'Provenance attestation: true, false or its parameters, such as `mode=max`.'),
    sbom: described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(), text], 'true, false or text such as generator=image'), 'SBOM attestation: true, false or its parameters.'),
    attests: described(list, 'Attestations as `type=…` lines.'),
    network: described(text, 'Network of RUN instructions: `default`, `none` or `host`.'),
    'shm-size': described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([text, valibot__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig()], 'a size such as 128m'), 'Size of /dev/shm, such as `128m`.'),
    'add-hosts': described(list, 'Host-to-IP mappings, such as `db:10.0.0.2`.'),
    ulimit: described(list, 'Ulimits, such as `nofile=1024:1024`.'),
    allow: described(list, 'Extra privileges of the build, such as `network.host`.'),
    'no-cache': described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY('true or false'), 'Build without the layer cache.'),
    'no-cache-filters': described(list, 'Stages that are built without the layer cache.'),
    'cache-from': described(list, 'Further caches to read, such as `type=registry,ref=…`.'),
    'cache-to': described(list, 'Further caches to write, such as `type=registry,ref=…`.'),
    'track-upstream': described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('scheduled')], 'true, false or scheduled'), 'Whether images of others in FROM count by their digest, so that a patched one rebuilds: true, false, or `scheduled` for schedules and dispatches alone. Default: false.'),
    'max-age': described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(DURATION_FORM), valibot__WEBPACK_IMPORTED_MODULE_0__/* .regex */ .yGV(DURATION, DURATION_FORM)), 'Schedules and dispatches rebuild what was built longer ago: `30d`, `12h` or `90m`. Default: never.'),
    bases: described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_0__/* .map */ .TjK(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), text, 'a map'), valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(text, 'a list'), text], 'a list of bases, or a map of names'), 'Bases that it starts from or copies from: a list, each a build context of its own name, or a map of the names that the Dockerfile says to bases.'),
    needs: described(list, 'Images that it is built after, and rebuilt with, besides those that its Dockerfile takes.'),
    health: described(health, 'How a service shows that it works: a new image is started and must answer `path` at `port` by HTTP with a status from 200 to 399 within `timeout`, before it gets its tags.'),
    matrix: described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .map */ .TjK(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J(), 'a map'), "Keys copied into this service's entries of the output `matrix`."),
    lockfiles: described(list, 'Of a base: lockfiles, relative to the repository root, which stand for the manifests beside and below them (`Cargo.toml`, `package.json`, …) wherever all that starts from the base copies those again; `auto` takes those that the base copies.'),
    'stage-of': described(text, 'Of a base: the service whose Dockerfile has its stage, which `target` names; that service then starts from the base.'),
};
/** Keys of an image of this kind only. */
const BASE_KEYS = ['stage-of', 'lockfiles'];
const SERVICE_ONLY_KEYS = ['matrix', 'tags', 'health'];
/** Keys that say what one service is: the same for several makes no sense. */
const PER_SERVICE_KEYS = ['context', 'file', 'image', ...BASE_KEYS];
/** Up to 100 characters: names go into outputs, artifact names and cache scopes. */
const SERVICE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const image = valibot__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej(serviceEntries);
// A stage has no context, and an image of `from` need not say it again.
const context = valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(serviceEntries.context);
const service = valibot__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ ...valibot__WEBPACK_IMPORTED_MODULE_0__/* .omit */ .cJW(image, BASE_KEYS).entries, context });
const base = valibot__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ ...valibot__WEBPACK_IMPORTED_MODULE_0__/* .omit */ .cJW(image, SERVICE_ONLY_KEYS).entries, context });
const configSchema = valibot__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    registry: described(text, 'Put before every image without a registry of its own, such as `ghcr.io/acme`.'),
    'reuse-pull-requests': described(valibot__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY('true or false'), 'Whether images that pull requests built may be used by other runs. Default: true.'),
    defaults: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_0__/* .omit */ .cJW(image, PER_SERVICE_KEYS)), valibot__WEBPACK_IMPORTED_MODULE_0__/* .description */ .h_('What every service says unless it says otherwise: maps are merged, other values replaced.'))),
    bases: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .map */ .TjK(valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .regex */ .yGV(SERVICE_NAME)), base), valibot__WEBPACK_IMPORTED_MODULE_0__/* .description */ .h_('Images that others start from, by name; they are built only when one of those is.'))),
    services: valibot__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .map */ .TjK(valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .regex */ .yGV(SERVICE_NAME)), service), valibot__WEBPACK_IMPORTED_MODULE_0__/* .description */ .h_('The images to build, by name; what it says of an image of `from` counts.'))),
    from: described(list, 'Compose and bake files to take images from: `compose.yaml`, `docker-bake.hcl`, `docker-bake.hcl#release` for a group or target.'),
});


/***/ }),

/***/ 41032:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ select)
/* harmony export */ });
/* harmony import */ var picomatch__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(14006);
/* harmony import */ var picomatch__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(picomatch__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42891);
/* harmony import */ var _suggest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42784);



/**
 * Names of the services that names and globs ask for; all of them when nothing is asked. `usage` for a name or glob
 * that fits none, since a mistyped name must not mean "nothing to do". `input` is named in that message.
 */
function select(services, asked, input) {
    const names = services.map((service) => service.name);
    if (asked.length === 0)
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(new Set(names));
    const selected = new Set();
    const failures = [];
    for (const pattern of asked) {
        // A list takes in; what a `!` would take out depends on its place, and alone it would ask for everything.
        const isMatch = pattern.startsWith('!') ? () => false : picomatch__WEBPACK_IMPORTED_MODULE_2___default()(pattern);
        const found = names.filter((name) => name === pattern || isMatch(name));
        if (found.length === 0)
            failures.push({ kind: 'usage', message: unknown(pattern, names, input) });
        for (const name of found)
            selected.add(name);
    }
    return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .unless */ .NJ)(failures, selected);
}
function unknown(pattern, names, input) {
    const near = (0,_suggest_js__WEBPACK_IMPORTED_MODULE_1__/* .closest */ .k)(pattern, names);
    const mend = near === undefined ? `the services are ${names.join(', ')}` : `did you mean \`${near}\`?`;
    return `${input}: there is no service \`${pattern}\`; ${mend}`;
}


/***/ }),

/***/ 42784:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ closest)
/* harmony export */ });
/* harmony import */ var fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(21916);

/** The candidate that a mistyped word most likely meant; `undefined` when none is near. */
function closest(word, candidates) {
    const ranked = candidates.map((candidate) => ({ candidate, edits: (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .distance */ .Io)(word, candidate) }));
    const best = ranked.sort((a, b) => a.edits - b.edits)[0];
    const near = Math.min(word.length - 1, Math.max(1, Math.floor(word.length / 3)));
    return best !== undefined && best.edits <= near ? best.candidate : undefined;
}


/***/ }),

/***/ 97635:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ DEFAULT_TAG_RULES),
  y: () => (/* binding */ resolveTags)
});

// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/config/suggest.ts
var suggest = __webpack_require__(42784);
;// CONCATENATED MODULE: ./src/config/tags/date.ts
const TOKENS = new Map([
    ['YYYY', ({ year }) => year],
    ['YY', ({ year }) => year.slice(-2)],
    ['MM', ({ month }) => month],
    ['M', ({ month }) => String(Number(month))],
    ['DD', ({ day }) => day],
    ['D', ({ day }) => String(Number(day))],
    ['HH', ({ hour }) => hour],
    ['H', ({ hour }) => String(Number(hour))],
    ['hh', ({ hour }) => String(Number(hour) % 12 || 12).padStart(2, '0')],
    ['mm', ({ minute }) => minute],
    ['ss', ({ second }) => second],
    ['X', (_clock, ms) => String(Math.floor(ms / 1000))],
    ['x', (_clock, ms) => String(ms)],
]);
/** `[text]`, a run of one letter, or one character, taken as moment.js takes them. */
const PART = /\[([^[]*)\]|([A-Za-z])\2*|[^]/g;
/** Understands the tokens of `TOKENS`; any other letter outside of brackets is refused, as moment.js may know it. */
function parseDateFormat(format, zone) {
    if (!isZone(zone))
        return { problem: `\`${zone}\` is not a time zone; write one such as \`Europe/Berlin\`` };
    const parts = [];
    for (const [text, literal, letter] of format.matchAll(PART)) {
        const token = TOKENS.get(text);
        if (token !== undefined)
            parts.push(token);
        else if (letter !== undefined || text === '\\')
            return {
                problem: `\`${text}\` is not supported in a date; use ${[...TOKENS.keys()].join(', ')}, and brackets around text: \`[${text}]\``,
            };
        else
            parts.push(literal ?? text);
    }
    return { value: { parts, zone } };
}
function formatDate({ parts, zone }, ms) {
    const shown = clockIn(zone).formatToParts(ms);
    const clock = Object.fromEntries(shown.map(({ type, value }) => [type, value]));
    return parts.map((part) => (typeof part === 'string' ? part : part(clock, ms))).join('');
}
function clockIn(zone) {
    const twoDigits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' };
    return new Intl.DateTimeFormat('en-US', {
        ...twoDigits,
        second: '2-digit',
        year: 'numeric',
        hourCycle: 'h23',
        timeZone: zone,
    });
}
function isZone(zone) {
    try {
        clockIn(zone);
        return true;
    }
    catch (error) {
        if (error instanceof RangeError)
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/config/tags/template.ts


const QUOTED = `(?:'([^']*)'|"([^"]*)")`;
const DATE = new RegExp(`^\\w+\\s+${QUOTED}(?:\\s+tz=${QUOTED})?$`);
/** Unlike Handlebars, which leaves an unknown expression empty, this refuses it. */
function parseTemplate(text, scope) {
    const parts = [];
    for (const [index, part] of text.split(/\{\{(.*?)\}\}/s).entries()) {
        if (index % 2 === 0) {
            if (part.includes('{{'))
                return { problem: '`{{` is not closed by `}}`' };
            parts.push(part);
        }
        else {
            const expression = parseExpression(part.trim(), scope);
            if ('problem' in expression)
                return expression;
            parts.push(expression.value);
        }
    }
    return { value: parts.filter((part) => part !== '') };
}
/** The problem is that of the first expression that has no value in this run. */
function fill(template, context) {
    let filled = '';
    for (const part of template) {
        const text = typeof part === 'string' ? { value: part } : part.text(context);
        if ('problem' in text)
            return text;
        filled += text.value;
    }
    return { value: filled };
}
function uses(template, name) {
    return template.some((part) => typeof part !== 'string' && part.name === name);
}
function parseExpression(inside, scope) {
    const text = own(scope.texts, inside);
    if (text !== undefined)
        return { value: { name: inside, text } };
    const [name = ''] = inside.split(/\s/, 1);
    const time = own(scope.times, name);
    if (time === undefined)
        return { problem: unknown(inside, Object.keys({ ...scope.texts, ...scope.times })) };
    const [, single, double, singleZone, doubleZone] = DATE.exec(inside) ?? [];
    const format = single ?? double;
    if (format === undefined)
        return {
            problem: `write \`{{${name} 'YYYYMMDD'}}\` or \`{{${name} 'YYYYMMDD' tz='Europe/Berlin'}}\`, not \`{{${inside}}}\``,
        };
    const parsed = parseDateFormat(format, singleZone ?? doubleZone ?? 'UTC');
    if ('problem' in parsed)
        return parsed;
    const dated = (context) => {
        const at = time(context);
        return 'problem' in at ? at : { value: formatDate(parsed.value, at.value) };
    };
    return { value: { name, text: dated } };
}
function own(table, name) {
    return Object.hasOwn(table, name) ? table[name] : undefined;
}
function unknown(name, names) {
    const near = (0,suggest/* closest */.k)(name, names);
    const mend = near === undefined ? `use ${names.join(', ')}` : `did you mean \`{{${near}}}\`?`;
    return `\`{{${name}}}\` is not known here; ${mend}`;
}

;// CONCATENATED MODULE: ./src/config/tags/attributes.ts


/** Reads the attributes of one rule. Whoever has read all that its type has asks `refuseOthers` last. */
class Attributes {
    /** What is wrong with the rule so far; a reading method that adds to it returns a stand-in. */
    problems = [];
    #fields;
    #known = new Set();
    constructor(fields) {
        this.#fields = fields;
    }
    text(name, fallback) {
        this.#known.add(name);
        const text = this.#fields.get(name) ?? fallback;
        if (text === undefined)
            this.problems.push(`it needs \`${name}=\``);
        return text ?? '';
    }
    choice(name, choices, fallback) {
        const text = this.text(name, fallback ?? '');
        const found = choices.find((choice) => choice === text);
        if (found === undefined)
            this.problems.push(`\`${name}\` must be ${alternatives(text, choices)}`);
        return found ?? choices[0];
    }
    number(name, fallback) {
        const text = this.text(name, String(fallback));
        if (!/^-?\d+$/.test(text))
            this.problems.push(`\`${name}\` must be a whole number`);
        return Number(text);
    }
    template(name, scope, fallback) {
        return this.#checked(name, parseTemplate(this.text(name, fallback), scope)) ?? [];
    }
    /** A regular expression, as it is or as `/source/flags`, and the number of one of its groups. */
    groupOf(name, numberName) {
        const text = this.text(name);
        const [, source = text, flags = ''] = /^\/(.+)\/(.*)$/.exec(text) ?? [];
        const group = this.number(numberName, 0);
        return { group, pattern: this.#checked(name, regExpWithGroup(source, { flags, group })) ?? /^/ };
    }
    /** A regular expression with a first group; absent or empty: none. */
    firstGroupOf(name) {
        const source = this.text(name, '');
        return source === '' ? undefined : this.#checked(name, regExpWithGroup(source, { flags: '', group: 1 }));
    }
    /** metadata-action ignores an attribute that it does not know, and one that the type does not have. */
    refuseOthers() {
        for (const name of this.#fields.keys()) {
            if (this.#known.has(name))
                continue;
            this.problems.push(`\`${name}\` has no meaning here; it must be ${alternatives(name, [...this.#known])}`);
        }
    }
    #checked(name, checked) {
        if ('value' in checked)
            return checked.value;
        this.problems.push(`\`${name}\`: ${checked.problem}`);
        return undefined;
    }
}
function alternatives(word, words) {
    const near = (0,suggest/* closest */.k)(word, words);
    const listed = words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words.join('');
    return near === undefined ? listed : `${listed}; did you mean \`${near}\`?`;
}
function regExpWithGroup(source, { flags, group }) {
    // With these, `match` gives other things than groups.
    if (/[gy]/.test(flags))
        return { problem: 'the flags `g` and `y` have no meaning here; remove them' };
    try {
        // With an empty alternative it matches whatever the text, so the groups can be counted.
        const groups = (new RegExp(`${source}|`, flags).exec('')?.length ?? 1) - 1;
        if (group < 0 || group > groups)
            return { problem: `it has no group ${group}; put parentheses around what is meant` };
        return { value: new RegExp(source, flags) };
    }
    catch (error) {
        if (error instanceof SyntaxError)
            return { problem: error.message };
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/config/tags/fields.ts
/** A field of RFC 4180 and the comma before it: in quotes, where a quote is written twice, or without any quote. */
const FIELD = /,(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/gy;
/**
 * The `key=value` fields of a rule, which is one record of CSV; keys in lower case. A field without a key is the
 * `value`, as in metadata-action; what that action takes silently (a key twice, an empty field) is refused.
 */
function parseFields(rule) {
    const texts = split(rule);
    if (texts === undefined || /[\r\n]/.test(rule))
        return { problem: 'a field with a quote or comma in it stands in quotes, `"value=a,b"`, on one line' };
    const fields = new Map();
    for (const text of texts) {
        if (text.trim() === '')
            return { problem: 'a field is empty; remove its comma' };
        const [, key = 'value', value = ''] = /^(?:([^=]+)=)?(.*)$/.exec(text) ?? [];
        const name = key.trim().toLowerCase();
        if (fields.has(name))
            return { problem: `\`${name}\` is given twice; write one rule a line` };
        fields.set(name, value.trim());
    }
    return { value: fields };
}
function split(rule) {
    const matches = [...`,${rule}`.matchAll(FIELD)];
    const end = matches.reduce((length, [text]) => length + text.length, 0);
    if (end !== rule.length + 1)
        return undefined;
    return matches.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

;// CONCATENATED MODULE: ./src/config/tags/facts.ts
/** Name of the branch that the run is for; a pull request is for none, also on `pull_request_target`'s base ref. */
function branchOf(facts) {
    return nameOf(facts, 'refs/heads/');
}
function gitTagOf(facts) {
    return nameOf(facts, 'refs/tags/');
}
function nameOf({ ref, pullRequest }, prefix) {
    return pullRequest === undefined && ref?.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}
/** A schedule runs on the default branch only (GitHub's "Events that trigger workflows"). */
function isDefaultBranch(facts) {
    const branch = branchOf(facts);
    if (facts.isScheduled || branch === undefined)
        return { value: facts.isScheduled };
    if (facts.defaultBranch === undefined)
        return { problem: 'the default branch is not known here; write `enable=true` or `enable=false`' };
    return { value: branch === facts.defaultBranch };
}
function shortCommit({ commit }) {
    return commit.slice(0, 7);
}

;// CONCATENATED MODULE: ./src/config/tags/scope.ts

const TIMES = {
    date: ({ now }) => ({ value: now }),
    commit_date: ({ commitDate }) => commitDate === undefined
        ? { problem: 'the date of the commit is not known here; use `{{date …}}`' }
        : { value: commitDate },
};
/** What `type=schedule` takes in its pattern. */
const SCHEDULE_SCOPE = { texts: {}, times: TIMES };
/** metadata-action's "Global expressions": empty where the run is not of that kind. */
const GLOBAL_SCOPE = {
    texts: {
        branch: (facts) => ({ value: branchOf(facts) ?? '' }),
        tag: (facts) => ({ value: gitTagOf(facts) ?? '' }),
        sha: (facts) => ({ value: shortCommit(facts) }),
        base_ref: ({ baseRef }) => ({ value: baseRef ?? '' }),
        is_default_branch: (facts) => written(isDefaultBranch(facts), true),
        is_not_default_branch: (facts) => written(isDefaultBranch(facts), false),
    },
    times: TIMES,
};
function written(answer, expected) {
    return 'problem' in answer ? answer : { value: String(answer.value === expected) };
}

;// CONCATENATED MODULE: ./src/config/tags/version.ts

/** The expression that semver.org suggests (FAQ), and a leading `v`, which npm's `semver` and so metadata-action allow. */
const VERSION = /^v?((0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?)(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/;
const VERSION_SCOPE = {
    texts: {
        raw: ({ raw }) => ({ value: raw }),
        version: ({ version }) => ({ value: version }),
        major: ({ major }) => ({ value: major }),
        minor: ({ minor }) => ({ value: minor }),
        patch: ({ patch }) => ({ value: patch }),
    },
    times: {},
};
/** `undefined`: not a semantic version. */
function parseVersion(raw) {
    const [, version, major, minor, patch, prerelease] = VERSION.exec(raw) ?? [];
    if (version === undefined || major === undefined || minor === undefined || patch === undefined)
        return undefined;
    return { raw, version, major, minor, patch, isPrerelease: prerelease !== undefined };
}
/**
 * As in metadata-action a prerelease never stands under a partial version: whatever the pattern, it gives `{{version}}`,
 * or `{{raw}}` where that is the whole pattern. Only a tag that says the whole version stays where it is.
 */
function versionText(pattern, version) {
    if (version.isPrerelease) {
        const isRaw = pattern.length === 1 && uses(pattern, 'raw');
        return { value: { text: isRaw ? version.raw : version.version, moves: false } };
    }
    const text = fill(pattern, version);
    const isFull = ['raw', 'version'].some((name) => uses(pattern, name));
    const isSpelledOut = ['major', 'minor', 'patch'].every((name) => uses(pattern, name));
    return 'problem' in text ? text : { value: { text: text.value, moves: !isFull && !isSpelledOut } };
}

;// CONCATENATED MODULE: ./src/config/tags/rule.ts





/** Understands one rule as docker/metadata-action's `Parse` does; the failures are all that is wrong with it. */
function parseRule(text) {
    const fields = parseFields(text);
    if ('problem' in fields)
        return (0,failure/* failed */.gz)(usage(text, fields.problem));
    const attributes = new Attributes(fields.value);
    if (fields.value.get('type') === 'pep440')
        return (0,failure/* failed */.gz)(usage(text, ELSEWHERE));
    const type = attributes.choice('type', TYPES, 'raw');
    // What else it may say depends on the type.
    const [problem] = attributes.problems;
    if (problem !== undefined)
        return (0,failure/* failed */.gz)(usage(text, problem));
    if (type === 'raw' && IMAGE.test(fields.value.get('value') ?? ''))
        return (0,failure/* failed */.gz)(usage(text, NAME_ONLY));
    const source = sourceOf(type, attributes);
    const rule = {
        source,
        enable: attributes.template('enable', GLOBAL_SCOPE, 'true'),
        prefix: attributes.template('prefix', GLOBAL_SCOPE, defaultPrefix(source)),
        suffix: attributes.template('suffix', GLOBAL_SCOPE, ''),
    };
    attributes.number('priority', 0);
    attributes.refuseOthers();
    return (0,failure/* unless */.NJ)(attributes.problems.map((problem) => usage(text, problem)), rule);
}
function usage(rule, problem) {
    return { kind: 'usage', message: `tags: rule \`${rule}\`: ${problem}` };
}
const TYPES = ['sha', 'ref', 'raw', 'edge', 'schedule', 'semver', 'match'];
const ELSEWHERE = '`type=pep440` is not supported; use docker/metadata-action and pass its output `tag-names` as `tags`';
/** Text with a path and a tag; made into a tag, `ghcr.io/acme/app:v1` would be `ghcr.io-acme-app-v1`. */
const IMAGE = /^[^{}]*\/[^{}]*:/;
const NAME_ONLY = 'this names an image; write the tag alone (docker/metadata-action has it in its output `tag-names`)';
function sourceOf(type, attributes) {
    switch (type) {
        case 'sha':
            return { type, format: attributes.choice('format', ['short', 'long'], 'short') };
        case 'ref':
            return { type, event: attributes.choice('event', ['branch', 'tag', 'pr']) };
        case 'raw':
            return { type, value: attributes.template('value', GLOBAL_SCOPE) };
        case 'edge':
            return { type, branch: attributes.text('branch', '') };
        case 'schedule':
            return { type, pattern: attributes.template('pattern', SCHEDULE_SCOPE, 'nightly') };
        case 'semver':
            return {
                type,
                pattern: attributes.template('pattern', VERSION_SCOPE),
                value: attributes.template('value', GLOBAL_SCOPE, ''),
                match: attributes.firstGroupOf('match'),
            };
        case 'match':
            return {
                type,
                ...attributes.groupOf('pattern', 'group'),
                value: attributes.template('value', GLOBAL_SCOPE, ''),
            };
    }
}
function defaultPrefix(source) {
    if (source.type === 'sha')
        return 'sha-';
    return source.type === 'ref' && source.event === 'pr' ? 'pr-' : '';
}

;// CONCATENATED MODULE: ./src/config/tags/source.ts



const NONE = { value: undefined };
/** The text that a rule gives in this run, as metadata-action's `proc…` functions do; `undefined`: it does not apply. */
function textOf(source, facts) {
    switch (source.type) {
        case 'sha':
            return fixed(source.format === 'long' ? facts.commit : shortCommit(facts));
        case 'ref':
            return refText(source.event, facts);
        case 'raw':
            return filled(source.value, facts);
        case 'edge':
            return edgeText(source, facts);
        case 'schedule':
            return facts.isScheduled ? filled(source.pattern, facts) : NONE;
        case 'semver':
            return semverText(source, facts);
        case 'match':
            return matchText(source, facts);
    }
}
function refText(event, facts) {
    switch (event) {
        case 'branch':
            return moving(branchOf(facts));
        case 'tag':
            return fixed(gitTagOf(facts));
        case 'pr':
            return moving(facts.pullRequest?.toString());
    }
}
function edgeText(source, facts) {
    const branch = branchOf(facts);
    if (branch === undefined)
        return NONE;
    const applies = source.branch === '' ? isDefaultBranch(facts) : { value: branch === source.branch };
    if ('problem' in applies)
        return applies;
    return applies.value ? moving('edge') : NONE;
}
function semverText(source, facts) {
    const subject = subjectOf(source.value, facts);
    if ('problem' in subject)
        return subject;
    if (subject.value === undefined)
        return NONE;
    // What `match` does not match counts as a whole; it is hardly a version then.
    const raw = source.match?.exec(subject.value)?.[1] ?? subject.value;
    const version = parseVersion(raw.replaceAll('/', '-'));
    return version === undefined ? NONE : versionText(source.pattern, version);
}
function matchText(source, facts) {
    const subject = subjectOf(source.value, facts);
    if ('problem' in subject)
        return subject;
    if (subject.value === undefined)
        return NONE;
    return moving(source.pattern.exec(subject.value)?.[source.group]);
}
/** What a version is looked for in: the rule's `value`, else the git tag of the run. */
function subjectOf(value, facts) {
    return value.length === 0 ? { value: gitTagOf(facts) } : fill(value, facts);
}
function filled(template, facts) {
    const text = fill(template, facts);
    return 'problem' in text ? text : { value: { text: text.value, moves: !uses(template, 'sha') } };
}
function moving(text) {
    return text === undefined ? NONE : { value: { text, moves: true } };
}
function fixed(text) {
    return text === undefined ? NONE : { value: { text, moves: false } };
}

;// CONCATENATED MODULE: ./src/config/tags.ts




/** The rules of input `tags` when none are given: commit, branch, tag, pull request. */
const DEFAULT_TAG_RULES = [
    'type=sha',
    'type=ref,event=branch',
    'type=ref,event=tag',
    'type=ref,event=pr',
];
/**
 * Tags that the rules give for a run, each once, in the order of the rules; `usage` lists all that cannot be understood
 * in any rule. The rules are those of docker/metadata-action v6 (README, "`tags` input"), except that
 *
 * - `latest` is never added on its own, as `flavor` does there; `type=raw,value=latest,enable={{is_default_branch}}` does;
 * - `type=sha` and `{{sha}}` are, in a pull request, the head that its author knows;
 * - `priority` orders nothing, as no tag goes before another here;
 * - `type=pep440`, and whatever that action ignores (unknown attributes and expressions), is refused;
 * - a line without `=` may hold several plain tags, separated by commas.
 */
function resolveTags(lines, facts) {
    const tags = new Map();
    const failures = [];
    for (const rule of lines.flatMap(rulesOf)) {
        const tag = resolveRule(rule, facts);
        if (!tag.ok)
            failures.push(...tag.failures);
        else if (tag.value !== undefined) {
            const { name, moves } = tag.value;
            tags.set(name, { name, moves: moves || tags.get(name)?.moves === true });
        }
    }
    return (0,failure/* unless */.NJ)(failures, [...tags.values()]);
}
/** A line that starts with `#` is a comment. */
function rulesOf(line) {
    const text = line.trim();
    if (text.startsWith('#'))
        return [];
    const rules = text.includes('=') ? [text] : text.split(',').map((tag) => tag.trim());
    return rules.filter((rule) => rule !== '');
}
function resolveRule(text, facts) {
    const rule = parseRule(text);
    if (!rule.ok)
        return rule;
    const tag = tagOf(rule.value, facts);
    return 'problem' in tag ? (0,failure/* failed */.gz)(usage(text, tag.problem)) : (0,failure.ok)(tag.value);
}
function tagOf(rule, facts) {
    const enabled = fill(rule.enable, facts);
    if ('problem' in enabled)
        return enabled;
    if (enabled.value === 'false')
        return { value: undefined };
    if (enabled.value !== 'true')
        return { problem: `\`enable\` is \`${enabled.value}\`; it must be \`true\` or \`false\`` };
    const source = textOf(rule.source, facts);
    if ('problem' in source)
        return source;
    if (source.value === undefined)
        return { value: undefined };
    const { text, moves } = source.value;
    const affixed = fill([...rule.prefix, text, ...rule.suffix], facts);
    if ('problem' in affixed)
        return affixed;
    const isRef = rule.source.type === 'ref';
    const name = isRef ? fitted(sanitized(affixed.value)) : sanitized(affixed.value);
    if (name === '')
        return { value: undefined };
    const problem = problemOf(name);
    if (problem !== undefined)
        return { problem };
    const namesCommit = uses(rule.prefix, 'sha') || uses(rule.suffix, 'sha');
    return { value: { name, moves: moves && !namesCommit } };
}
/** metadata-action's `sanitizeTag`. */
function sanitized(text) {
    return text.replace(/[^A-Za-z0-9._-]+/g, '-');
}
/** A ref may be named as no tag can begin and longer than a tag can be; whatever else is so was written so. */
function fitted(name) {
    return name.replace(/^[.-]+/, '').slice(0, 128);
}
/** OCI distribution specification 1.1, section "Pulling manifests": a tag is `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`. */
function problemOf(name) {
    if (/^[.-]/.test(name))
        return `\`${name}\` is not a valid tag; make it start with a letter, a digit or \`_\`, or switch the rule off with \`enable=\``;
    if (name.length > 128)
        return `\`${name}\` is not a valid tag; make it no longer than 128 characters`;
    if (/^(?:pr-)?(?:fp|lock|try)-[0-9a-f]{32}$/.test(name))
        return `\`${name}\` is kept for fingerprints; choose another name`;
    return undefined;
}


/***/ }),

/***/ 75096:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mK: () => (/* binding */ buildRequest),
  nw: () => (/* binding */ digestsOf),
  Ql: () => (/* binding */ isUncached),
  cO: () => (/* binding */ tagOf),
  f1: () => (/* binding */ trialTag)
});

// EXTERNAL MODULE: ./src/model/fingerprint.ts
var model_fingerprint = __webpack_require__(91109);
// EXTERNAL MODULE: ./src/model/labels.ts
var labels = __webpack_require__(43582);
// EXTERNAL MODULE: ./src/model/buildx-options.ts
var buildx_options = __webpack_require__(35426);
;// CONCATENATED MODULE: ./src/execute/secrets.ts

/**
 * How the build of an image is given its secrets: values go through the environment, which no log and no process list
 * shows. No two images have a variable in common, as their builds may share a process.
 */
function secretOptions(secrets, image) {
    const environment = {};
    const options = secrets.flatMap((secret, index) => {
        switch (secret.kind) {
            case 'value': {
                const variable = `SMART_IMAGE_BUILD_SECRET_${index}_${image}`;
                environment[variable] = secret.value;
                return ['--secret', `${(0,buildx_options/* csvField */.XR)('id', secret.id)},${(0,buildx_options/* csvField */.XR)('env', variable)}`];
            }
            case 'variable':
                return ['--secret', `${(0,buildx_options/* csvField */.XR)('id', secret.id)},${(0,buildx_options/* csvField */.XR)('env', secret.variable)}`];
            case 'file':
                return ['--secret', `${(0,buildx_options/* csvField */.XR)('id', secret.id)},${(0,buildx_options/* csvField */.XR)('src', secret.path)}`];
        }
    });
    return { options, environment };
}

// EXTERNAL MODULE: ./src/model/service.ts
var model_service = __webpack_require__(41674);
;// CONCATENATED MODULE: ./src/execute/build.ts




/** The tag of an image's fingerprint: pushed first, so that no other tag ever stands without its image. */
function tagOf({ fingerprint, service }, audience) {
    return (0,model_fingerprint/* fingerprintTag */.b)(fingerprint.digest, audience, service.kind);
}
/**
 * The tag that an image with a health check is built under. No run looks for it: until it has shown that it works, an image
 * is not found by its fingerprint. `undefined`: it has nothing to show.
 */
function trialTag({ fingerprint, service }) {
    return service.health === undefined ? undefined : `try-${fingerprint.digest.slice(0, 32)}`;
}
/** The build that makes a planned image of these parents, under its fingerprint's tag alone, or that of its trial. */
function buildRequest(image, { request, provenance, audience, secrets, commitArgs, suffix = '' }, { parents, load, layout, layerOptions, mayShare }) {
    const { service } = image;
    const given = secretOptions(secrets.get(service.name) ?? [], service.name);
    const isAnew = isUncached(image, request);
    return {
        service: service.name,
        context: service.context,
        file: service.file,
        tags: [`${(0,model_service/* fullName */.f)(service.image)}:${trialTag(image) ?? tagOf(image, audience)}${suffix}`],
        push: request.push,
        // Else the engine would pull what it has just built.
        ...((request.load || service.health !== undefined) && { isKept: true }),
        ...{ load, mayShare },
        ...(layout !== undefined && { layout }),
        layouts: Object.fromEntries(parents.flatMap((one) => (one.layout ? [[one.context, one.layout]] : []))),
        environment: given.environment,
        options: [
            ...given.options,
            ...each('--platform', [(service.build.platforms ?? provenance.platforms).join(',')]),
            ...each('--label', pairs({ ...build_labels(image, provenance), ...parentsLabel(parents), ...service.build.labels })),
            ...each('--build-context', parents.flatMap(({ context, address }) => (address === undefined ? [] : [`${context}=${address}`]))),
            ...each('--builder', [request.builder]),
            ...each('--build-arg', pairs({ ...commitArgs.get(service.name), ...service.build.buildArgs })),
            ...buildxOptions(service.build),
            // buildx takes only one of the two, and all stages are more than some.
            ...(isAnew ? ['--no-cache'] : each('--no-cache-filter', service.build.noCacheFilters)),
            ...layerOptions,
            ...each('--build-context', pins(image)),
            ...(request.pull || isExpired(image) ? ['--pull'] : []),
        ],
    };
}
/** Whether its build takes nothing from earlier ones. */
function isUncached(image, request) {
    return request.noCache || image.service.build.noCache || isExpired(image);
}
function isExpired({ decision }) {
    return decision.kind === 'rebuild' && decision.reasons.some(({ kind }) => kind === 'expired');
}
function buildxOptions(build) {
    return [
        ...each('--target', [build.target]),
        ...each('--build-context', Object.entries(build.contexts).flatMap(namedContext)),
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
        ...each('--cache-from', build.cacheFrom),
        ...each('--cache-to', build.cacheTo),
    ];
}
/** Builds run at the repository root. `./` keeps a folder from being taken for an address. */
function namedContext([name, context]) {
    switch (context.kind) {
        case 'folder':
            return [`${name}=./${context.folder}`];
        case 'reference':
            return [`${name}=${context.reference}`];
        case 'image':
            return [];
    }
}
/** An image of others is taken at the digest that counts: a local image of its tag would win otherwise. */
function pins({ fingerprint: { document } }) {
    return Object.entries(document.upstream ?? {}).map(([reference, digest]) => `${reference}=docker-image://${reference}@${digest}`);
}
function build_labels(image, provenance) {
    return {
        'smart-image-build.fingerprint': image.fingerprint.digest,
        [labels/* BUILT_AT */.ff]: provenance.builtAt,
        'org.opencontainers.image.revision': provenance.revision,
        'org.opencontainers.image.created': provenance.builtAt,
        ...(provenance.sourceUrl !== undefined && { 'org.opencontainers.image.source': provenance.sourceUrl }),
    };
}
function parentsLabel(parents) {
    const digests = digestsOf(parents);
    return Object.keys(digests).length === 0 ? {} : { [labels/* PARENTS */.we]: JSON.stringify(digests) };
}
/** Name of a build context → digest, of those parents that are in a registry. */
function digestsOf(parents) {
    const known = parents.flatMap(({ context, digest }) => digest === undefined ? [] : [[context, digest]]);
    return Object.fromEntries(known);
}
function each(option, values) {
    return values.flatMap((value) => (value === undefined ? [] : [option, value]));
}
function pairs(map) {
    return Object.entries(map).map(([name, value]) => `${name}=${value}`);
}


/***/ }),

/***/ 47958:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ load),
/* harmony export */   c: () => (/* binding */ deliver)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42891);
/* harmony import */ var _model_plan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67978);
/* harmony import */ var _model_service_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(41674);
/* harmony import */ var _build_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75096);




const DONE = { kind: 'done' };
/** Points the run's tags at an image that exists, in the registry and in the engine, as far as the request goes. */
async function deliver(image, existing, execution) {
    const tags = execution.tags.get(image.service.name) ?? [];
    const { digest } = existing;
    const { push } = execution.request;
    if (push && digest !== undefined) {
        const { refused } = await execution.registry.point(image.service.image, digest, tags);
        const judged = judge(refused, { image, existing, execution });
        if (judged.kind !== 'done')
            return judged;
    }
    if (!execution.request.load || image.service.kind === 'base')
        return DONE;
    const loaded = await load(image, { ...existing, tags }, execution);
    return loaded.ok ? DONE : { kind: 'failed', failures: loaded.failures };
}
/** A refused tag is a failure, but for those that leave no doubt about what the other tags point at. */
function judge(refused, { image, existing, execution }) {
    if (existing.isReused && refused.some(({ kind }) => kind === 'gone'))
        return { kind: 'gone', failures: refused.map(({ failure }) => failure) };
    // The tag of a commit stays at the image that the commit had before another one was wanted.
    const isAnew = (0,_model_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .isWanted */ .Yu)(image);
    const harmless = refused.filter(({ kind }) => (kind === 'limit' && existing.isReused) || (kind === 'immutable' && isAnew));
    for (const { failure } of harmless)
        execution.notify({ message: failure.message });
    const failures = refused.filter((refusal) => !harmless.includes(refusal)).map(({ failure }) => failure);
    return failures.length === 0 ? DONE : { kind: 'failed', failures };
}
/** Brings an image that exists into the engine, and points the tags at it there. */
async function load(image, { digest, isLoaded, tags }, { engine, audience }) {
    const name = (0,_model_service_js__WEBPACK_IMPORTED_MODULE_3__/* .fullName */ .f)(image.service.image);
    const reference = `${name}:${(0,_build_js__WEBPACK_IMPORTED_MODULE_1__/* .tagOf */ .cO)(image, audience)}`;
    if (!isLoaded && digest !== undefined) {
        const pulled = await pull(reference, { name, digest, engine });
        if (!pulled.ok)
            return pulled;
    }
    const { loadAs } = image.service;
    return engine.tag(reference, [
        ...tags.map((tag) => `${name}:${tag}`),
        ...(loadAs === undefined ? [] : [loadAs]),
    ]);
}
async function pull(reference, { name, digest, engine }) {
    const here = await engine.find([reference]);
    if (!here.ok)
        return here;
    const found = here.value.get(reference);
    // An image of the same content may have been forced since.
    if (found?.kind === 'exists' && found.digest === digest)
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(undefined);
    const pinned = `${name}@${digest}`;
    const pulled = await engine.pull(pinned);
    return pulled.ok ? engine.tag(pinned, [reference]) : pulled;
}


/***/ }),

/***/ 6206:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ committedText),
/* harmony export */   q: () => (/* binding */ committedFiles)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42891);
/* harmony import */ var _texts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56840);
/* harmony import */ var _git_view_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(50288);
/* harmony import */ var _view_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(25187);




/** Text of a file as HEAD has it, without a look at the disk; `undefined` when there is none. */
async function committedText(path, git) {
    const view = new _git_view_js__WEBPACK_IMPORTED_MODULE_2__/* .GitView */ .S(git, git.head, []);
    return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .attempt */ .CD)(async () => {
        const { texts, failures } = await (0,_texts_js__WEBPACK_IMPORTED_MODULE_1__/* .readTexts */ .Z)([path], view, git);
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .demand */ .wo)((0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .unless */ .NJ)([...failures.values()].flat(), texts.get(path)));
    });
}
/** Paths of all files of HEAD. */
async function committedFiles(git) {
    return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .attempt */ .CD)(() => filesBelow('', new _git_view_js__WEBPACK_IMPORTED_MODULE_2__/* .GitView */ .S(git, git.head, [])));
}
async function filesBelow(folder, view) {
    const entries = (await view.folder(folder)) ?? new Map();
    const found = await Promise.all([...entries].map(async ([name, { mode }]) => {
        const path = (0,_view_js__WEBPACK_IMPORTED_MODULE_3__/* .joined */ .oR)(folder, name);
        return mode === _view_js__WEBPACK_IMPORTED_MODULE_3__/* .FOLDER */ .L7 ? filesBelow(path, view) : [path];
    }));
    return found.flat();
}


/***/ }),

/***/ 14793:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M2: () => (/* binding */ withParents),
/* harmony export */   OX: () => (/* binding */ compute),
/* harmony export */   Sq: () => (/* binding */ withUpstream)
/* harmony export */ });
/* unused harmony export documentDigest */
/* harmony import */ var _encode_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(99564);
/* harmony import */ var _volatile_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1854);



/**
 * Fingerprint of one service from what was gathered: the same inputs give the same digest, on any machine. What comes
 * from registries is added by `withUpstream`.
 */
function compute(service, inputs, platforms) {
    const { build } = service;
    const document = {
        format: _encode_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMAT_VERSION */ .Hp,
        definition: inputs.definition,
        files: inputs.files,
        buildArgs: buildArgsSection(build, inputs),
        options: optionsSection(build, platforms),
        contexts: inputs.references,
    };
    return { document, digest: documentDigest(document), fileCount: inputs.fileCount };
}
/** The fingerprint with the digests of those images of others, as far as they are known. */
function withUpstream(fingerprint, references, digests) {
    const known = references.flatMap((reference) => {
        const digest = digests.get(reference);
        return digest === undefined ? [] : [[reference, digest]];
    });
    if (known.length === 0)
        return fingerprint;
    const document = { ...fingerprint.document, upstream: Object.fromEntries(known) };
    return { ...fingerprint, document, digest: documentDigest(document) };
}
/** The fingerprint with those of the images of ours that this one is built from, by their names. */
function withParents(fingerprint, parents) {
    if (Object.keys(parents).length === 0)
        return fingerprint;
    const document = { ...fingerprint.document, parents };
    return { ...fingerprint, document, digest: documentDigest(document) };
}
/** The digest that a document stands for; equal documents have equal digests, whatever the order of their keys. */
function documentDigest(document) {
    return (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)([
        ...['format', String(document.format)],
        ...['definition', document.definition],
        ...['files', document.files],
        ...['build-args', (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOfMap */ .i3)(document.buildArgs)],
        ...['options', (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOfMap */ .i3)(document.options)],
        ...['contexts', (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOfMap */ .i3)(document.contexts)],
        // Sections that came later: a document without them is the one that it was.
        ...(document.upstream === undefined ? [] : ['upstream', (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOfMap */ .i3)(document.upstream)]),
        ...(document.parents === undefined ? [] : ['parents', (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOfMap */ .i3)(document.parents)]),
    ]);
}
/**
 * Arguments that the Dockerfile declares, and those that BuildKit's frontend heeds undeclared. Others do not reach the
 * image.
 */
function buildArgsSection(build, { declaredArgs }) {
    const [declared, volatile] = [new Set(declaredArgs), (0,_volatile_js__WEBPACK_IMPORTED_MODULE_1__/* .volatileArgs */ .Q)(build)];
    const isHeeded = (name) => !volatile.has(name) && (declared.has(name) || name.startsWith('BUILDKIT_'));
    const heeded = (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .sortedEntries */ .CA)(build.buildArgs).filter(([name]) => isHeeded(name));
    return Object.fromEntries(heeded.map(([name, value]) => [name, (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(value)]));
}
function optionsSection(build, platforms) {
    const all = {
        platforms: list(build.platforms ?? platforms),
        labels: map(build.labels),
        annotations: list(build.annotations),
        provenance: build.provenance,
        sbom: build.sbom,
        attests: list(build.attests),
        network: build.network,
        'shm-size': build.shmSize,
        'add-hosts': list(build.addHosts),
        ulimit: list(build.ulimit),
        allow: list(build.allow),
        // `id=path`: which socket or key stands behind an id is the machine's business.
        ssh: list(build.ssh.map((entry) => entry.split('=')[0] ?? entry)),
    };
    const set = (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .sortedEntries */ .CA)(all).filter((entry) => entry[1] !== undefined);
    return Object.fromEntries(set);
}
function list(values) {
    return values.length === 0 ? undefined : JSON.stringify(values);
}
function map(values) {
    const entries = (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .sortedEntries */ .CA)(values);
    return entries.length === 0 ? undefined : JSON.stringify(entries);
}


/***/ }),

/***/ 32485:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ DiskView)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42891);
/* harmony import */ var _git_view_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(50288);
/* harmony import */ var _view_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(25187);
var _a;



/**
 * The disk alone, as a build takes it: every file, whether git knows it or not, with its permissions. A submodule
 * counts by its commit as long as exactly the files of that commit lie in it.
 */
class DiskView {
    git;
    folderOfGit;
    committed;
    /** Submodules whose files count one by one. */
    #opened;
    #folders = new Map();
    #links = new Map();
    #states = new Map();
    /** `folder`: of the repository, for messages. */
    constructor(git, given = {}) {
        this.git = git;
        this.folderOfGit = given.folder ?? '';
        this.committed = new _git_view_js__WEBPACK_IMPORTED_MODULE_1__/* .GitView */ .S(git, git.head, []);
        this.#opened = new Set(given.opened);
    }
    folder(path) {
        const known = this.#folders.get(path) ?? this.#read(path);
        this.#folders.set(path, known);
        return known;
    }
    seen() {
        return undefined;
    }
    async node(path) {
        if (path === '')
            return { mode: _view_js__WEBPACK_IMPORTED_MODULE_2__/* .FOLDER */ .L7, id: '' };
        const { parent, name } = (0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .parted */ .vx)(path);
        const node = (await this.folder(parent))?.get(name);
        return node?.mode === _view_js__WEBPACK_IMPORTED_MODULE_2__/* .SUBMODULE */ .NG && this.#opened.has(path) ? this.#asFolder(path) : node;
    }
    async submodule(path, submodule) {
        const known = this.#states.get(path) ?? this.#stateOf(path, submodule);
        this.#states.set(path, known);
        const state = await known;
        if (state === 'same')
            return submodule;
        if (state !== 'other')
            return { ...submodule, ...state };
        this.#opened.add(path);
        return this.#asFolder(path);
    }
    text(path) {
        return this.git.textOnDisk(path);
    }
    target(path) {
        return Promise.resolve(this.#links.get(path)?.target ?? '');
    }
    async #read(path) {
        const entries = await this.git.folderOnDisk(path);
        if (entries === undefined)
            return undefined;
        const folder = new Map();
        for (const [name, entry] of entries) {
            const at = (0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .joined */ .oR)(path, name);
            if (entry.target !== undefined)
                this.#links.set(at, entry);
            const committed = entry.mode === _view_js__WEBPACK_IMPORTED_MODULE_2__/* .FOLDER */ .L7 ? await this.committed.node(at) : undefined;
            const isSubmodule = committed?.mode === _view_js__WEBPACK_IMPORTED_MODULE_2__/* .SUBMODULE */ .NG && !this.#opened.has(at);
            folder.set(name, isSubmodule ? committed : (0,_git_view_js__WEBPACK_IMPORTED_MODULE_1__/* .nodeOf */ .E)(entry));
        }
        return folder;
    }
    async #asFolder(path) {
        const [found] = (await this.git.look([path])).values();
        return found === undefined ? { mode: _view_js__WEBPACK_IMPORTED_MODULE_2__/* .FOLDER */ .L7, id: '' } : (0,_git_view_js__WEBPACK_IMPORTED_MODULE_1__/* .nodeOf */ .E)(found);
    }
    async #stateOf(path, { id }) {
        const folder = (0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .joined */ .oR)(this.folderOfGit, path);
        const git = await this.git.submodule(path);
        if (git === undefined)
            return { absent: folder };
        // Where another commit is checked out this one may not be at hand.
        if (git.head !== id)
            return 'other';
        return compare('', new _git_view_js__WEBPACK_IMPORTED_MODULE_1__/* .GitView */ .S(git, id, []), { git, view: new _a(git, { folder }) });
    }
}
_a = DiskView;
/** Compares the files, and their content, that lie in a folder of both. */
async function compare(folder, committed, disk) {
    const [wanted, found] = await Promise.all([committed.folder(folder), disk.view.folder(folder)]);
    if (wanted?.size !== found?.size)
        return 'other';
    const files = [];
    for (const [name, { mode, id }] of wanted ?? []) {
        const path = (0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .joined */ .oR)(folder, name);
        const node = found?.get(name);
        if (node?.mode !== mode || node.permissions !== undefined)
            return 'other';
        if (mode === _view_js__WEBPACK_IMPORTED_MODULE_2__/* .FOLDER */ .L7) {
            const state = await compare(path, committed, disk);
            if (state !== 'same')
                return state;
        }
        else if (mode === _view_js__WEBPACK_IMPORTED_MODULE_2__/* .SUBMODULE */ .NG) {
            const inner = await disk.view.submodule(path, node);
            if (inner.absent !== undefined)
                return { absent: inner.absent };
            if (inner.mode !== mode || inner.id !== id)
                return 'other';
        }
        else
            files.push({ path, id });
    }
    const hashed = (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .demand */ .wo)(await disk.git.onDisk(files.map(({ path }) => path)));
    const ids = new Map(hashed.map((entry) => [entry.path, entry.id]));
    return files.every(({ path, id }) => ids.get(path) === id) ? 'same' : 'other';
}


/***/ }),

/***/ 67809:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ ContextNames),
/* harmony export */   c: () => (/* binding */ familiar)
/* harmony export */ });
/**
 * The form in which buildx and BuildKit compare names of contexts and images: without Docker Hub's domain, without
 * `library/`, without the tag `latest`.
 */
function familiar(name) {
    const [first = '', ...others] = name.split('/');
    const isDomain = others.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
    const isHub = !isDomain || first === 'docker.io' || first === 'index.docker.io';
    const path = isDomain ? others.join('/') : name;
    const short = isHub ? path.replace(/^library\/([^/]+)$/, '$1') : name;
    return short.replace(/:latest$/, '');
}
/** Names of contexts that stand in for stages and images. */
class ContextNames {
    #written = new Map();
    /** A name for one platform only (`name::platform`), which buildx itself does not take. */
    isPartial;
    constructor(names) {
        const all = [...names];
        for (const name of all)
            this.#written.set(familiar(name), name);
        this.isPartial = all.some((name) => name.includes('::'));
    }
    /** The context that replaces a stage of this name, as the user wrote it. */
    forStage(name) {
        return name === 'scratch' || name === 'context' ? undefined : this.#written.get(familiar(name));
    }
    /** The context that replaces an image. */
    forImage(reference) {
        return reference === 'scratch' ? undefined : this.#written.get(familiar(reference));
    }
}


/***/ }),

/***/ 39613:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AH: () => (/* binding */ spotAt),
/* harmony export */   kL: () => (/* binding */ fromOf),
/* harmony export */   oG: () => (/* binding */ workdirOf)
/* harmony export */ });
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53916);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path_posix__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _context_names_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(67809);


function fromOf(origin) {
    switch (origin.kind) {
        case 'stage':
            return { kind: 'stage', index: origin.stage.index };
        case 'context':
            return { kind: 'context', name: origin.context };
        case 'image':
            return { kind: 'image', name: (0,_context_names_js__WEBPACK_IMPORTED_MODULE_1__/* .familiar */ .c)(origin.name) };
        case 'scratch':
            return { kind: 'nothing' };
        case 'unknown':
            return { kind: 'unknown' };
    }
}
/** The working directory of a stage that starts from there. */
function workdirOf(from) {
    if (from.kind === 'nothing')
        return { path: '/' };
    return from.kind === 'image' || from.kind === 'context' ? { under: from.name ?? '', path: '' } : undefined;
}
/** A path as an instruction writes it; `undefined` when the place cannot be told. */
function spotAt(workdir, path) {
    if (/[\\:]/.test(path))
        return undefined;
    if (path.startsWith('/'))
        return { path: bare(path) };
    if (workdir?.under === undefined)
        return workdir && { path: bare((0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.join)(workdir.path, path)) };
    const below = bare((0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.join)(workdir.path, path));
    if (below === '..' || below.startsWith('../'))
        return undefined;
    return { under: workdir.under, path: below === '.' ? '' : below };
}
function bare(path) {
    return (0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.normalize)(path).replace(/(?<=.)\/+$/, '');
}


/***/ }),

/***/ 99564:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ sortedEntries),
/* harmony export */   Hp: () => (/* binding */ FORMAT_VERSION),
/* harmony export */   i3: () => (/* binding */ digestOfMap),
/* harmony export */   n6: () => (/* binding */ compareText),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   sc: () => (/* binding */ sha256)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

/**
 * Version of the fingerprint document and of its encoding. A new one rebuilds every image of every user, so it comes
 * only with a major release and with a line here.
 *
 * 1: whole Dockerfile, whole context minus ignore rules, build arguments, options.
 * 2: what the target reaches of the Dockerfile, per source the files that it takes, declared build arguments, options,
 *    named contexts; digests of images of others for those who track them, no section for all others.
 */
const FORMAT_VERSION = 2;
/**
 * sha256 in hex over a list of strings, each preceded by its length in UTF-8 bytes: no two different lists have the
 * same bytes, whatever the strings hold.
 */
function digestOf(parts) {
    return sha256(encoded(parts));
}
function encoded(parts) {
    let text = '';
    for (const part of parts)
        text += `${Buffer.byteLength(part, 'utf8')}:${part}`;
    return text;
}
/** sha256 in hex of a text's UTF-8 bytes; at once, as that takes half the time of doing it in steps. */
function sha256(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha256', text, 'hex');
}
/** Maps of a run → digest: most services have the same few options. */
const known = new Map();
/** Digest of a map, independent of the order of its keys; keys compare by code unit, so no locale has a say. */
function digestOfMap(map) {
    const text = encoded(sortedEntries(map).flat());
    const digest = known.get(text) ?? sha256(text);
    known.set(text, digest);
    return digest;
}
/** Order by code unit, for `sort`. */
function compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** Entries of a map in code unit order of their keys. */
function sortedEntries(map) {
    return Object.entries(map).sort(([a], [b]) => compareText(a, b));
}


/***/ }),

/***/ 84055:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  kg: () => (/* binding */ gather),
  sM: () => (/* binding */ gatherEarlier),
  _9: () => (/* binding */ inspected)
});

// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/fingerprint/patterns.ts
var fingerprint_patterns = __webpack_require__(62757);
// EXTERNAL MODULE: ./src/fingerprint/compute.ts
var compute = __webpack_require__(14793);
// EXTERNAL MODULE: ./src/fingerprint/inputs.ts
var fingerprint_inputs = __webpack_require__(71859);
// EXTERNAL MODULE: ./src/fingerprint/inspect.ts
var inspect = __webpack_require__(35184);
// EXTERNAL MODULE: ./src/model/service.ts
var service = __webpack_require__(41674);
// EXTERNAL MODULE: ./src/fingerprint/encode.ts
var encode = __webpack_require__(99564);
// EXTERNAL MODULE: ./src/fingerprint/need.ts
var fingerprint_need = __webpack_require__(26698);
// EXTERNAL MODULE: ./src/fingerprint/view.ts
var fingerprint_view = __webpack_require__(25187);
;// CONCATENATED MODULE: ./src/fingerprint/memo.ts




/**
 * All that decides the fingerprint of each service, besides the files themselves. `all` are the images that there are:
 * what a base's lockfiles stand for is decided by the others.
 */
function questionsOf(services, { platform, all }) {
    const questions = services.map((service) => questionOf(service, platform));
    if (services.every(({ lockfiles }) => lockfiles === undefined))
        return questions;
    const others = (0,encode/* sha256 */.sc)(JSON.stringify(all.map((one) => [questionOf(one, platform), (0,service/* fullName */.f)(one.image)])));
    return questions.map((question, index) => {
        const lockfiles = services[index]?.lockfiles;
        return lockfiles === undefined ? question : (0,encode/* sha256 */.sc)(JSON.stringify([question, lockfiles, others]));
    });
}
function questionOf(service, platform) {
    const { name, context, file, paths, ignore, generated, build, trackUpstream } = service;
    const text = texts.get(build) ?? JSON.stringify(build);
    texts.set(build, text);
    const isTracking = trackUpstream !== 'never';
    return (0,encode/* sha256 */.sc)(JSON.stringify([
        encode/* FORMAT_VERSION */.Hp,
        platform,
        name,
        context,
        file,
        paths,
        ignore,
        generated,
        text,
        isTracking,
    ]));
}
/** Most services have the very same settings. */
const texts = new WeakMap();
/** The fingerprint that was computed of the remembered inputs, without the digests of images of others. */
function fingerprintOf({ inputs, fingerprint }) {
    const { digest, settings } = fingerprint;
    const { definition, files, references: contexts, fileCount } = inputs;
    const document = { format: encode/* FORMAT_VERSION */.Hp, definition, files, ...settings, contexts };
    return { document, digest, fileCount };
}
/** What is remembered, if all that it rests on is the same still. */
async function recall(question, memo, view) {
    const known = memo.get(question);
    if (known === undefined)
        return undefined;
    const roughValue = await (0,fingerprint_need/* valueOf */.RP)(known.roughly, view);
    if (roughValue === known.roughValue)
        return known;
    const exactly = JSON.parse(known.exactly);
    if ((await (0,fingerprint_need/* valueOf */.RP)(exactly, view)) !== known.exactValue)
        return undefined;
    return { ...known, roughValue: roughValue ?? known.roughValue };
}
/** Of folders that differ on the disk, beside what is taken: no value of a commit is this. */
const UNKNOWN = '';
/** What may be remembered: nothing that the disk had a part in, as no id tells when that changes. */
async function rememberable(service, found, view) {
    const { inspection, inputs } = found;
    const exactly = [...inspection.needs].sort();
    const roughly = roughlyOf(service, exactly);
    const [roughValue, exactValue] = await Promise.all([(0,fingerprint_need/* valueOf */.RP)(roughly, view), (0,fingerprint_need/* valueOf */.RP)(exactly, view)]);
    if (exactValue === undefined)
        return undefined;
    const { notices } = inspection.recipe;
    const { document, digest } = found.fingerprint;
    const { buildArgs, options } = document;
    const fingerprint = { digest, settings: { buildArgs, options } };
    return {
        inputs,
        fingerprint,
        notices,
        roughly,
        roughValue: roughValue ?? UNKNOWN,
        exactly: JSON.stringify(exactly),
        exactValue,
    };
}
/** What lies in the folder of the context, or of the Dockerfile, is seen by that folder's id. */
function roughlyOf(service, needs) {
    const folders = [service.context, (0,fingerprint_view/* parted */.vx)(service.file).parent].filter((folder) => folder !== '');
    const rough = needs.map((need) => {
        const folder = folders.find((candidate) => (0,fingerprint_view/* isWithin */.UO)((0,fingerprint_need/* placeOf */.$t)(need), candidate));
        return folder === undefined ? need : `n${folder}`;
    });
    return [...new Set(rough)].sort();
}

// EXTERNAL MODULE: ./src/fingerprint/notices.ts
var fingerprint_notices = __webpack_require__(48157);
// EXTERNAL MODULE: ./src/fingerprint/recipe.ts + 23 modules
var recipe = __webpack_require__(69546);
// EXTERNAL MODULE: ./src/fingerprint/own-images.ts
var own_images = __webpack_require__(88975);
// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(53916);
// EXTERNAL MODULE: ./src/fingerprint/dockerfile/layout.ts
var layout = __webpack_require__(39613);
// EXTERNAL MODULE: ./src/fingerprint/wildcard.ts
var wildcard = __webpack_require__(32596);
;// CONCATENATED MODULE: ./src/fingerprint/landing.ts




/**
 * Where a copy from a folder puts a file of the repository; `undefined` when it does not take it, `{}` when the place
 * cannot be told. By the rules of BuildKit's COPY: what a folder holds goes into the destination, and a file into one
 * that is a folder.
 */
function landing(step, of) {
    const folder = folderOf(step, of.service);
    if (folder === undefined || !(0,fingerprint_view/* isWithin */.UO)(of.manifest, folder))
        return undefined;
    const path = folder === '' ? of.manifest : of.manifest.slice(folder.length + 1);
    const { source, to, isFolder, isParents } = step;
    if (source === undefined)
        return {};
    const kept = restOf(source, path);
    if (kept === undefined)
        return undefined;
    if (to === undefined)
        return {};
    const rest = isParents ? path : kept === '' ? (0,posix_.basename)(path) : kept;
    const isOne = kept === '' && !isParents && !source.split('/').some(wildcard/* isWildcard */.z2);
    if (!isOne || isFolder)
        return spotWith(to, rest);
    // Without a slash at its end it may be a folder that is there already, or the name of the file.
    return (0,posix_.basename)(to.path) === (0,posix_.basename)(path) ? { spot: to } : {};
}
/** What is left of a path below a source; `''` when it is the source itself, `undefined` when it does not take it. */
function restOf(source, path) {
    const parts = path.split('/');
    const pattern = source === '' ? [] : source.split('/');
    const isTaken = pattern.length <= parts.length && pattern.every((part, index) => isMatch(part, parts[index] ?? ''));
    return isTaken ? parts.slice(pattern.length).join('/') : undefined;
}
function isMatch(part, name) {
    return (0,wildcard/* isWildcard */.z2)(part) ? (0,wildcard/* wildcard */.XQ)(part)?.test(name) !== false : part === name || (0,wildcard/* literalName */.xz)(part) === name;
}
/** Whether what is copied or mounted from an image may be, or hold, what lies at a place in it. */
function mayCover(source, spot) {
    const [under, path = ''] = spot.split('\0');
    if (source === undefined || under !== '')
        return true;
    return restOf(source, path.slice(1)) !== undefined;
}
/** A text that is the same for the same place. `workdir` is that of what the place lies under, where that is known. */
function spotKey(spot, workdir) {
    const { under = '', path } = (workdir && (0,layout/* spotAt */.AH)(workdir, spot.path)) ?? spot;
    return `${under}\0${path}`;
}
function spotWith(to, rest) {
    return { spot: { ...to, path: (0,posix_.join)(to.path, rest) } };
}
function folderOf({ from }, { context, build }) {
    if (from.kind !== 'context')
        return undefined;
    if (from.name === undefined)
        return context;
    const named = build.contexts[from.name];
    return named?.kind === 'folder' ? named.folder : undefined;
}

// EXTERNAL MODULE: ./src/fingerprint/lockfile-kinds.ts
var lockfile_kinds = __webpack_require__(95245);
;// CONCATENATED MODULE: ./src/fingerprint/stand-ins.ts




/**
 * Manifests among the files of a base that its lockfiles stand for, as paths from the root: those of which each dependant
 * puts its own copy in the place of the base's before anything can see that one. Whatever else it would keep of the
 * base's, so that this one has to count; in doubt it counts.
 */
function standInsOf(base, dependants) {
    const manifests = manifestsOf(base);
    if (manifests.length === 0)
        return [];
    const { layouts } = base.inspection.recipe;
    const lost = new Set(manifests.filter((manifest) => isTakenByLink(manifest, base)));
    const brought = layouts.map((layout) => new Flow(layout, { member: base, manifests, lost }).held());
    if (layouts.length === 0)
        return [];
    const workdir = sameWorkdir(layouts);
    for (const { service, inspection, names } of dependants) {
        if (inspection.recipe.layouts.length === 0)
            return [];
        const member = { service, inspection };
        for (const layout of inspection.recipe.layouts) {
            const start = { names, held: united(brought), ...(workdir && { workdir }) };
            const flow = new Flow(layout, { member, manifests, lost, base: start });
            for (const manifest of flow.held().keys())
                lost.add(manifest);
        }
    }
    return manifests.filter((manifest) => !lost.has(manifest)).sort();
}
/** Manifests that the base takes from its contexts, pinned by the lockfiles that count. */
function manifestsOf({ service, inspection }) {
    const { lockfiles } = service;
    if (lockfiles === undefined)
        return [];
    const taken = (0,fingerprint_inputs/* filesOf */.R8)(inspection.taken.filter(({ source }) => source.line !== undefined));
    const locks = lockfiles === 'auto' ? [...taken.keys()].filter(lockfile_kinds/* isLockfile */.e) : lockfiles;
    return [...taken].flatMap(([path, { mode }]) => mode.startsWith('100') && locks.some((lock) => (0,lockfile_kinds/* isPinnedBy */.u)(path, lock)) ? [path] : []);
}
/** Whether a copy takes it by the name of a link, so that it is not told from the path where it goes. */
function isTakenByLink(manifest, { service, inspection }) {
    const steps = inspection.recipe.layouts
        .flatMap(({ stages }) => stages.flatMap(([, stage]) => stage.steps))
        .filter((step) => step.kind === 'copy');
    return inspection.taken.some(({ source, selection }) => {
        if (![...selection.entries.keys()].some((path) => (0,fingerprint_view/* joined */.oR)(source.context, path) === manifest))
            return false;
        const copies = steps.filter(({ line }) => line === source.line);
        return copies.length > 0 && copies.every((step) => landing(step, { manifest, service }) === undefined);
    });
}
const NOTHING = new Map();
/** Follows the base's manifests through the stages of one image. */
class Flow {
    #question;
    #layout;
    #stages = new Map();
    constructor(layout, question) {
        this.#layout = layout;
        this.#question = question;
        for (const [index, stage] of layout.stages)
            this.#stages.set(index, this.#stage(stage));
    }
    /** What is in the image at its end. */
    held() {
        return this.#of(this.#layout.target);
    }
    #of(from) {
        const { base, manifests, lost } = this.#question;
        if (from.kind === 'stage')
            return this.#stages.get(from.index) ?? NOTHING;
        if (from.kind === 'unknown')
            for (const manifest of manifests)
                lost.add(manifest);
        return base && isBase(from, base) ? base.held : NOTHING;
    }
    #stage({ base, steps }) {
        const held = new Map([...this.#of(base)].map(([manifest, spots]) => [manifest, new Set(spots)]));
        for (const step of steps) {
            if (step.kind === 'run')
                this.#seen(held);
            else if (step.kind === 'copy' && this.#isFolder(step.from))
                this.#copied(step, held);
            // What a step of the base reads is the business of its lockfile; where it copies to is not followed.
            else if (step.kind === 'copy' || this.#question.base)
                this.#carried(step);
        }
        return new Map([...held].filter(([, spots]) => spots.size > 0));
    }
    /** A step of a dependant may make anything of a file that the base has left. */
    #seen(held) {
        const { base, lost } = this.#question;
        if (base === undefined)
            return;
        for (const [manifest, spots] of held)
            if (spots.size > 0)
                lost.add(manifest);
    }
    #copied(step, held) {
        const { base, manifests, lost, member } = this.#question;
        for (const manifest of manifests) {
            const landed = landing(step, { manifest, service: member.service });
            if (landed === undefined)
                continue;
            const { spot } = landed;
            if (base === undefined) {
                if (spot === undefined)
                    lost.add(manifest);
                else
                    held.set(manifest, (held.get(manifest) ?? new Set()).add(spotKey(spot)));
            }
            else if (spot !== undefined && !step.isPartial && this.#takes(step.line, manifest)) {
                held.get(manifest)?.delete(spotKey(spot, this.#workdirOf(spot)));
            }
        }
    }
    #carried({ from, source }) {
        for (const [manifest, spots] of this.#of(from))
            if ([...spots].some((spot) => mayCover(source, spot)))
                this.#question.lost.add(manifest);
    }
    /** A folder of the repository, and no image. */
    #isFolder(from) {
        if (from.kind !== 'context')
            return false;
        return (from.name === undefined || this.#question.member.service.build.contexts[from.name]?.kind === 'folder');
    }
    #workdirOf({ under }) {
        const { base } = this.#question;
        return base && under !== undefined && base.names.has(under) ? base.workdir : undefined;
    }
    /** Whether an instruction's own copy is among the inputs: an ignore file may leave it out. */
    #takes(line, manifest) {
        const { taken } = this.#question.member.inspection;
        const entry = (0,fingerprint_inputs/* entriesOf */.Mc)(taken.filter(({ source }) => source.line === line)).get(manifest);
        return entry?.mode.startsWith('100') === true;
    }
}
function isBase(from, { names }) {
    return (from.kind === 'context' || from.kind === 'image') && from.name !== undefined && names.has(from.name);
}
function united(all) {
    const held = new Map();
    for (const [manifest, spots] of all.flatMap((one) => [...one]))
        held.set(manifest, new Set([...(held.get(manifest) ?? []), ...spots]));
    return held;
}
/** The working directory that the image has on every platform. */
function sameWorkdir(layouts) {
    const all = layouts.map(({ target, stages }) => target.kind === 'stage' ? stages.find(([index]) => index === target.index)?.[1].workdir : undefined);
    const [first] = all;
    return all.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : undefined;
}

// EXTERNAL MODULE: ./src/fingerprint/texts.ts
var fingerprint_texts = __webpack_require__(56840);
;// CONCATENATED MODULE: ./src/fingerprint/relatives.ts





const NONE = { standIns: new Map(), needs: new Map() };
/** Looks for what starts from each base that has lockfiles; `all` are the images of the configuration. */
async function relativesOf(inspections, all, surroundings) {
    const bases = all.filter(({ name, lockfiles }) => lockfiles !== undefined && inspections.has(name));
    if (bases.length === 0)
        return NONE;
    const { git, view, platform } = surroundings;
    const { texts, needs } = await (0,fingerprint_texts/* readTexts */.Z)(all.flatMap(recipe/* textPaths */.iD), view, git);
    const images = (0,own_images/* ownImages */.F)(all);
    const recipes = all.map((service) => ({ service, recipe: (0,recipe/* recipeOf */.Sx)(service, texts, [platform]) }));
    const standIns = new Map();
    for (const base of bases) {
        // What cannot be built starts from nothing; where that matters it is reported.
        const users = recipes.flatMap(({ service, recipe }) => {
            const names = recipe.ok ? namesOf(base, { service, recipe: recipe.value, images }) : new Set();
            return names.size > 0 ? [{ service, names }] : [];
        });
        const lacking = users.flatMap(({ service }) => (inspections.has(service.name) ? [] : [service]));
        const found = await (0,inspect/* inspect */.Nn)(lacking, surroundings);
        const dependants = users.flatMap(({ service, names }) => {
            const result = found.get(service.name);
            const inspection = inspections.get(service.name) ?? (result?.ok ? result.value : undefined);
            return inspection ? [{ service, names, inspection }] : [];
        });
        const inspection = inspections.get(base.name);
        if (inspection)
            standIns.set(base.name, standInsOf({ service: base, inspection }, dependants));
    }
    const rested = [...needs.values()].flat();
    return { standIns, needs: new Map(bases.map(({ name }) => [name, rested])) };
}
/** How a Dockerfile says a base: build contexts, and images as BuildKit shortens their names. */
function namesOf(base, { service, recipe, images }) {
    const contexts = Object.entries(service.build.contexts).flatMap(([name, context]) => context.kind === 'image' && context.image === base.name ? [name] : []);
    const addresses = recipe.images.filter((name) => (0,own_images/* ownImage */.Q)(name, images) === base.name);
    return new Set([...contexts, ...addresses]);
}

// EXTERNAL MODULE: ./src/fingerprint/git-view.ts
var git_view = __webpack_require__(50288);
;// CONCATENATED MODULE: ./src/fingerprint/gather.ts












/**
 * Reads all that the fingerprints of these services need, with a number of git processes that does not grow with the number
 * of services: what is remembered is checked against object ids, the rest is read. All problems of all services at
 * once.
 */
async function gather(services, options) {
    return (0,failure/* attempt */.CD)(async () => {
        const { git, withDisk, memo, platform, all = services } = options;
        const { differing, opened } = withDisk ? await lookAtDisk(services, git) : NO_DISK;
        const view = new git_view/* GitView */.S(git, git.head, differing);
        const questions = questionsOf(services, { platform, all });
        const asked = await Promise.all(services.map(async (service, index) => {
            const question = questions[index];
            return { service, question, known: await recall(question, memo, view) };
        }));
        const unknown = asked.filter(({ known }) => known === undefined).map(({ service }) => service);
        const found = await read(unknown, { git, platform, view, all });
        (0,failure/* demand */.wo)((0,failure/* unless */.NJ)(found.failures, undefined));
        return { ...(await together(asked, { found, view, commit: git.head })), opened, all };
    });
}
async function together(asked, { found, view, commit }) {
    const memo = new Map();
    const inputs = new Map();
    const fingerprints = new Map();
    const notices = [];
    for (const { service, question, known } of asked) {
        const { name } = service;
        const fresh = known === undefined ? freshOf(service, found) : undefined;
        const remembered = fresh ? await rememberable(service, fresh, view) : known;
        if (remembered !== undefined)
            memo.set(question, remembered);
        const either = fresh ?? (known && { inputs: known.inputs, fingerprint: fingerprintOf(known) });
        if (either !== undefined) {
            inputs.set(name, either.inputs);
            fingerprints.set(name, either.fingerprint);
        }
        notices.push(...(known?.notices ?? fresh?.inspection.recipe.notices ?? []));
    }
    notices.push(...(await (0,fingerprint_notices/* untrackedNotices */.t2)(inputs, view)));
    const snapshot = { commit, inputs, fingerprints };
    return { snapshot, inspections: found.inspections, notices, memo, view };
}
function freshOf({ name }, found) {
    const inspection = found.inspections.get(name);
    const [inputs, fingerprint] = [found.inputs.get(name), found.fingerprints.get(name)];
    if (inspection && inputs && fingerprint)
        return { inspection, inputs, fingerprint };
    throw new Error(`nothing was read for ${name}`);
}
/** The same with an inspection, and the inputs, of each of these services, which one that was remembered has not. */
async function inspected(gathered, services, options) {
    const lacking = services.filter(({ name }) => !gathered.inspections.has(name));
    return (0,failure/* attempt */.CD)(async () => {
        const { snapshot, all, view } = gathered;
        const { inspections, inputs, failures } = await read(lacking, { ...options, view, all });
        return (0,failure/* demand */.wo)((0,failure/* unless */.NJ)(failures, {
            ...gathered,
            snapshot: { ...snapshot, inputs: new Map([...snapshot.inputs, ...inputs]) },
            inspections: new Map([...gathered.inspections, ...inspections]),
        }));
    });
}
/**
 * Reads an earlier commit from object ids alone. A service that was not there then, or could not have been built, is
 * left out.
 */
async function gatherEarlier(services, commit, { all = services, ...options }) {
    return (0,failure/* attempt */.CD)(() => read(services, { ...options, view: new git_view/* GitView */.S(options.git, commit, []), all }));
}
async function read(services, { all, ...surroundings }) {
    if (services.length === 0)
        return { inputs: new Map(), fingerprints: new Map(), inspections: new Map(), failures: [] };
    const results = await (0,inspect/* inspect */.Nn)(services, surroundings);
    const inspections = new Map();
    const failures = [];
    for (const [name, result] of results) {
        if (result.ok)
            inspections.set(name, result.value);
        else
            failures.push(...result.failures);
    }
    const relatives = await relativesOf(inspections, all, surroundings);
    for (const [name, needs] of relatives.needs) {
        const inspection = inspections.get(name);
        if (inspection)
            inspections.set(name, { ...inspection, needs: new Set([...inspection.needs, ...needs]) });
    }
    const complete = await (0,fingerprint_inputs/* hashed */.Yr)(inspections, surroundings.git);
    const inputs = (0,fingerprint_inputs/* digests */.cI)(complete, relatives.standIns);
    const fingerprints = new Map();
    for (const service of services) {
        const taken = inputs.get(service.name);
        if (taken !== undefined)
            fingerprints.set(service.name, (0,compute/* compute */.OX)(service, taken, [surroundings.platform]));
    }
    return { inputs, fingerprints, inspections: complete, failures };
}
/** So many folders are asked about as one: the root. */
const MOST_FOLDERS = 50;
const NO_DISK = { differing: [], opened: [] };
async function lookAtDisk(services, git) {
    const committed = new git_view/* GitView */.S(git, git.head, []);
    const [folders, above] = await Promise.all([
        Promise.all(services.map((service) => inputPaths(service, committed))),
        Promise.all(services.flatMap((service) => [service.file, service.context, ...(0,recipe/* contextFolders */.XR)(service)].map((path) => submoduleAbove(path, committed)))),
    ]);
    const opened = [...new Set(above.filter((path) => path !== undefined))];
    const distinct = [...new Set(folders.flat())];
    const differing = await git.differing(distinct.length > MOST_FOLDERS ? [''] : distinct, opened);
    return { differing: (0,failure/* demand */.wo)(differing), opened };
}
/** Files and folders in which inputs of a service can lie. */
async function inputPaths(service, view) {
    const patterns = [...service.paths, ...Object.values(service.generated).flat()];
    const texts = await (0,fingerprint_texts/* pathsTo */._)((0,recipe/* textPaths */.iD)(service), view);
    return [service.context, ...texts, ...(0,recipe/* contextFolders */.XR)(service), ...(0,fingerprint_patterns/* placesOf */.ek)(patterns)];
}
async function submoduleAbove(path, view) {
    for (const above of (0,fingerprint_view/* pathsDownTo */.uL)(path)) {
        const node = await view.node(above);
        if (node?.mode === fingerprint_view/* SUBMODULE */.NG)
            return above;
    }
    return undefined;
}


/***/ }),

/***/ 50288:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ nodeOf),
/* harmony export */   S: () => (/* binding */ GitView)
/* harmony export */ });
/* harmony import */ var _view_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25187);

/** A commit, seen with what differs on the disk. Each folder is read once. */
class GitView {
    git;
    root;
    #committed = new Map();
    #folders = new Map();
    #seen = new Map();
    /** Folder → names in it at which, or below which, the disk differs. */
    #differing = new Map();
    #onDisk = new Map();
    /** `differing`: every path at which the disk counts in place of the commit. */
    constructor(git, commit, differing) {
        this.git = git;
        this.root = git.root(commit);
        // Whoever asks hears of it.
        this.root.catch(() => undefined);
        for (const path of differing)
            this.#mark(path);
    }
    folder(path) {
        return remembered(this.#folders, path, async () => {
            const entries = await this.#see(path);
            this.#seen.set(path, { entries });
            return entries;
        });
    }
    seen(path) {
        return this.#seen.get(path);
    }
    async node(path) {
        if (path === '')
            return { mode: _view_js__WEBPACK_IMPORTED_MODULE_0__/* .FOLDER */ .L7, id: this.#differing.size === 0 ? await this.root : '' };
        const { parent, name } = (0,_view_js__WEBPACK_IMPORTED_MODULE_0__/* .parted */ .vx)(path);
        return (await this.folder(parent))?.get(name);
    }
    submodule(_path, submodule) {
        return Promise.resolve(submodule);
    }
    async text(path, file) {
        if (file.id !== '')
            return this.git.text(file.id);
        return this.git.textOnDisk(path);
    }
    async target(path, link) {
        return link.id === '' ? (this.#onDisk.get(path)?.target ?? '') : this.git.text(link.id);
    }
    /** Whether the commit has a file there, or a submodule in which it lies. */
    async isCommitted(path) {
        const { parent, name } = (0,_view_js__WEBPACK_IMPORTED_MODULE_0__/* .parted */ .vx)(path);
        const folder = await this.#committedFolder(parent);
        if (folder !== undefined)
            return folder.has(name);
        const above = (0,_view_js__WEBPACK_IMPORTED_MODULE_0__/* .parted */ .vx)(parent);
        const node = (await this.#committedFolder(above.parent))?.get(above.name);
        return node === undefined && parent !== '' ? this.isCommitted(parent) : node?.mode === _view_js__WEBPACK_IMPORTED_MODULE_0__/* .SUBMODULE */ .NG;
    }
    #mark(path) {
        const { parent, name } = (0,_view_js__WEBPACK_IMPORTED_MODULE_0__/* .parted */ .vx)(path);
        const names = this.#differing.get(parent);
        if (names !== undefined) {
            names.add(name);
            return;
        }
        this.#differing.set(parent, new Set([name]));
        if (parent !== '')
            this.#mark(parent);
    }
    async #see(path) {
        const committed = await this.#committedFolder(path);
        const differing = this.#differing.get(path);
        if (differing === undefined)
            return committed;
        const entries = new Map(committed);
        const paths = [...differing].map((name) => (0,_view_js__WEBPACK_IMPORTED_MODULE_0__/* .joined */ .oR)(path, name));
        const found = await this.git.look(paths);
        for (const at of paths) {
            const { name } = (0,_view_js__WEBPACK_IMPORTED_MODULE_0__/* .parted */ .vx)(at);
            const onDisk = found.get(at) ?? (await this.#leftOut(at));
            if (onDisk === undefined)
                entries.delete(name);
            else {
                this.#onDisk.set(at, onDisk);
                entries.set(name, nodeOf(onDisk));
            }
        }
        return entries;
    }
    /** A folder that is not on the disk is still there if a sparse checkout left out what is in it. */
    async #leftOut(path) {
        if (!this.#differing.has(path))
            return undefined;
        const entries = await this.folder(path);
        return entries !== undefined && entries.size > 0 ? { mode: _view_js__WEBPACK_IMPORTED_MODULE_0__/* .FOLDER */ .L7 } : undefined;
    }
    #committedFolder(path) {
        return remembered(this.#committed, path, async () => {
            const id = path === '' ? await this.root : await this.#treeAt(path);
            if (id === undefined)
                return undefined;
            return new Map((await this.git.tree(id)).map((entry) => [entry.name, entry]));
        });
    }
    async #treeAt(path) {
        const { parent, name } = (0,_view_js__WEBPACK_IMPORTED_MODULE_0__/* .parted */ .vx)(path);
        const node = (await this.#committedFolder(parent))?.get(name);
        return node?.mode === _view_js__WEBPACK_IMPORTED_MODULE_0__/* .FOLDER */ .L7 ? node.id : undefined;
    }
}
function nodeOf({ mode, permissions }) {
    return { mode, id: '', ...(permissions !== undefined && { permissions }) };
}
function remembered(known, path, read) {
    const folder = known.get(path) ?? read();
    known.set(path, folder);
    return folder;
}


/***/ }),

/***/ 48023:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Z: () => (/* binding */ ignoreFileInForce),
/* harmony export */   DJ: () => (/* binding */ ignoreRulesIn),
/* harmony export */   Rx: () => (/* binding */ ignoreFilePaths),
/* harmony export */   kX: () => (/* binding */ ignoreFileOf)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42891);
/* harmony import */ var _ignore_rules_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(85430);


/** Paths at which a service's ignore file may lie, the one that wins first. */
function ignoreFilePaths(service) {
    return [`${service.file}.dockerignore`, ignoreFileOf(service.context)];
}
/** Where the ignore file of a named context lies. */
function ignoreFileOf(folder) {
    return folder === '' ? '.dockerignore' : `${folder}/.dockerignore`;
}
/** Texts of a run → path → its rules: a file is parsed once, however many services and steps ask for it. */
const parsed = new WeakMap();
/** The rules of one ignore file; none when there is no such file. */
function ignoreRulesIn(path, texts) {
    const known = parsed.get(texts) ?? new Map();
    parsed.set(texts, known);
    const text = texts.get(path);
    const rules = known.get(path) ?? (text === undefined ? (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(_ignore_rules_js__WEBPACK_IMPORTED_MODULE_1__/* .IgnoreRules */ .w.NONE) : _ignore_rules_js__WEBPACK_IMPORTED_MODULE_1__/* .IgnoreRules */ .w.parse(text, path));
    known.set(path, rules);
    return rules;
}
/** The ignore file that counts for a service's own context: the Dockerfile's, else the context's. */
function ignoreFileInForce(service, texts) {
    const [beside, inContext] = ignoreFilePaths(service);
    return texts.has(beside) ? beside : inContext;
}


/***/ }),

/***/ 94619:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parsePattern),
/* harmony export */   P: () => (/* binding */ trimSpace)
/* harmony export */ });
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53916);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path_posix__WEBPACK_IMPORTED_MODULE_0__);

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
    return matches && { keeps, matches, start: startOf(pattern) };
}
function startOf(pattern) {
    const wildcard = pattern.search(/[*?[\]\\]/);
    return wildcard === -1 ? `${pattern}\0` : pattern.slice(0, wildcard);
}
/** Go's strings.TrimSpace: JavaScript's `trim` takes U+FEFF as well and leaves U+0085. */
function trimSpace(text) {
    return text.replace(SPACE_AROUND, '');
}
/** Go's filepath.Clean, except that nothing stays nothing. */
function clean(pattern) {
    if (pattern === '')
        return '';
    const normal = (0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.normalize)(pattern);
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


/***/ }),

/***/ 85430:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ IgnoreRules)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42891);
/* harmony import */ var _ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(94619);


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
    /** The rules of a file as they are written, without comments; empty if there are none. */
    lines;
    constructor(rules, lines = []) {
        this.rules = rules;
        this.lines = lines;
    }
    /**
     * The patterns of `--exclude`, which BuildKit cleans less than those of a file; `undefined` when one of them is not
     * understood.
     */
    static ofFlags(patterns) {
        const rules = [];
        for (const pattern of patterns) {
            // Of a file `/a` means `a`; here it matches nothing.
            if (/^\s*!?\s*\//.test(pattern))
                continue;
            const rule = (0,_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .parsePattern */ .E)(pattern);
            if (rule === undefined)
                return undefined;
            rules.push(rule);
        }
        return new IgnoreRules(rules);
    }
    /** `config-invalid` names the line of a pattern that BuildKit would refuse, or whose meaning is unclear. */
    static parse(text, file) {
        const rules = [];
        const lines = [];
        for (const [index, line] of text
            .replace(/^\uFEFF/, '')
            .split(/\r?\n/)
            .entries()) {
            if (line.startsWith('#') || (0,_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .trimSpace */ .P)(line) === '')
                continue;
            const rule = (0,_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .parsePattern */ .E)(line);
            if (rule === undefined) {
                const message = `\`${line.trim()}\` is not a pattern that every Docker understands; see the .dockerignore format, and put a backslash before + ( ) | { }`;
                return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)({ kind: 'config-invalid', message, place: { file, line: index + 1, column: 1 } });
            }
            rules.push(rule);
            lines.push((0,_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .trimSpace */ .P)(line));
        }
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(new IgnoreRules(rules, lines));
    }
    /** The same with further lines at their end; `undefined` when one of them is not understood. */
    with(lines) {
        const more = lines.map(_ignore_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .parsePattern */ .E);
        const known = more.filter((rule) => rule !== undefined);
        if (known.length < more.length)
            return undefined;
        return new IgnoreRules([...this.rules, ...known], [...this.lines, ...lines]);
    }
    /** Whether BuildKit would leave this file out; `path` is relative to the context. */
    drops(path) {
        return this.rules.length > 0 && this.#verdict(this.#answers(path));
    }
    /** Whether something below a folder that is dropped may be kept: doubt is yes. */
    mayKeepBelow(folder) {
        const below = `${folder}/`;
        return this.rules.some(({ keeps, start }) => keeps && (start.startsWith(below) || below.startsWith(start)));
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


/***/ }),

/***/ 71859:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mc: () => (/* binding */ entriesOf),
/* harmony export */   R8: () => (/* binding */ filesOf),
/* harmony export */   Yr: () => (/* binding */ hashed),
/* harmony export */   cI: () => (/* binding */ digests)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42891);
/* harmony import */ var _encode_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99564);
/* harmony import */ var _inspect_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(35184);
/* harmony import */ var _select_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(74122);
/* harmony import */ var _view_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(25187);





/** Hashes what lies on the disk, each file once, so that every entry is known by its content. */
async function hashed(inspections, git) {
    const taken = [...inspections.values()].flatMap((inspection) => inspection.taken);
    const unknown = new Set(taken.flatMap((one) => unhashed(one).map((entry) => (0,_inspect_js__WEBPACK_IMPORTED_MODULE_2__/* .pathOf */ .XM)(one, entry))));
    if (unknown.size === 0)
        return inspections;
    const onDisk = new Map((0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .demand */ .wo)(await git.onDisk([...unknown])).map((entry) => [entry.path, entry]));
    const complete = new Map();
    const withIds = (one) => {
        const selection = complete.get(one.selection) ?? fill(one, onDisk);
        complete.set(one.selection, selection);
        return { ...one, selection };
    };
    return new Map([...inspections].map(([name, inspection]) => [
        name,
        { ...inspection, taken: inspection.taken.map(withIds) },
    ]));
}
function unhashed({ selection }) {
    return [...selection.entries.values()].filter((entry) => entry.id === '' && (0,_inspect_js__WEBPACK_IMPORTED_MODULE_2__/* .isFile */ .fo)(entry));
}
function fill(taken, onDisk) {
    const entries = [...taken.selection.entries.values()].map((entry) => {
        if (entry.id !== '' || !(0,_inspect_js__WEBPACK_IMPORTED_MODULE_2__/* .isFile */ .fo)(entry))
            return [entry.path, entry];
        const found = onDisk.get((0,_inspect_js__WEBPACK_IMPORTED_MODULE_2__/* .pathOf */ .XM)(taken, entry));
        if (found === undefined)
            throw gone((0,_inspect_js__WEBPACK_IMPORTED_MODULE_2__/* .pathOf */ .XM)(taken, entry));
        const { id, isPointer } = found;
        return [entry.path, { ...entry, id, onDisk: true, ...(isPointer && { isPointer }) }];
    });
    return { ...taken.selection, entries: new Map(entries) };
}
function gone(path) {
    return new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failed */ .cV({
        kind: 'git-failed',
        message: `${JSON.stringify(path)} went away while it was looked at; run again`,
    });
}
/** Digests of what each service takes. */
function digests(inspections, standIns) {
    const known = new Map();
    const digestOfSelection = ({ selection }) => {
        const digest = known.get(selection) ?? selectionDigest(selection);
        known.set(selection, digest);
        return digest;
    };
    return new Map([...inspections].map(([name, inspection]) => {
        const files = standIns.get(name) ?? [];
        if (files.length === 0)
            return [name, inputsOf(inspection, digestOfSelection)];
        const digest = (taken) => selectionDigest(withStandIns(taken, new Set(files)));
        return [name, { ...inputsOf(inspection, digest), standIns: files }];
    }));
}
/** In place of an id, which it cannot be. */
const STANDS_IN = 'lockfile';
/** What the Dockerfile takes, without the content of those files; what the configuration names counts in full. */
function withStandIns(taken, files) {
    const { source, selection } = taken;
    if (source.line === undefined)
        return selection;
    const entries = [...selection.entries].map(([path, entry]) => [
        path,
        files.has((0,_inspect_js__WEBPACK_IMPORTED_MODULE_2__/* .pathOf */ .XM)(taken, entry)) ? { ...entry, id: STANDS_IN } : entry,
    ]);
    return { ...selection, entries: new Map(entries) };
}
function inputsOf({ recipe, taken }, digest) {
    const sources = taken.map((one) => [one.source.label, one.source.path, digest(one)]);
    const distinct = new Map(sources.map((source) => [JSON.stringify(source), source]));
    const sorted = [...distinct].sort(([a], [b]) => (0,_encode_js__WEBPACK_IMPORTED_MODULE_1__/* .compareText */ .n6)(a, b)).flatMap(([, source]) => source);
    const files = filesOf(taken);
    return {
        definition: (0,_encode_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(recipe.definition),
        files: (0,_encode_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(sorted),
        fileCount: files.size,
        declaredArgs: [...recipe.declaredArgs].sort(_encode_js__WEBPACK_IMPORTED_MODULE_1__/* .compareText */ .n6),
        references: recipe.references,
        images: recipe.images,
        ...(recipe.secrets && { secrets: recipe.secrets }),
        ...(recipe.hasTriggers && { hasTriggers: true }),
        missing: taken.flatMap((one) => missingSource(one) ?? []),
        uncommitted: [...files]
            .flatMap(([path, entry]) => (entry.onDisk === true ? [path] : []))
            .sort(_encode_js__WEBPACK_IMPORTED_MODULE_1__/* .compareText */ .n6),
    };
}
/** Files that are taken by any source, by path from the root of the repository. */
function filesOf(taken) {
    return new Map([...entriesOf(taken)].filter(([, entry]) => (0,_inspect_js__WEBPACK_IMPORTED_MODULE_2__/* .isFile */ .fo)(entry)));
}
/** With folders that stand for themselves. */
function entriesOf(taken) {
    const entries = new Map();
    for (const one of taken)
        for (const entry of one.selection.entries.values())
            entries.set((0,_inspect_js__WEBPACK_IMPORTED_MODULE_2__/* .pathOf */ .XM)(one, entry), entry);
    return entries;
}
/** Order is by code unit; the order in which files were found does not count. */
function selectionDigest(selection) {
    const entries = [...selection.entries.values()].sort((a, b) => (0,_encode_js__WEBPACK_IMPORTED_MODULE_1__/* .compareText */ .n6)(a.path, b.path));
    return (0,_encode_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(entries.flatMap((entry) => [entry.mode, entry.path, entry.id]));
}
/**
 * A build fails where a source is nowhere, unless it is made before; so it is where a pattern's folder is not there,
 * which a step before may make.
 */
function missingSource({ source, selection }) {
    const { context, path, line, isMade } = source;
    if (selection.isFound || line === undefined || isMade)
        return undefined;
    return { path: (0,_view_js__WEBPACK_IMPORTED_MODULE_4__/* .joined */ .oR)(context, path), line };
}


/***/ }),

/***/ 35184:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nn: () => (/* binding */ inspect),
/* harmony export */   XM: () => (/* binding */ pathOf),
/* harmony export */   fo: () => (/* binding */ isFile)
/* harmony export */ });
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53916);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path_posix__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42891);
/* harmony import */ var _git_view_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(50288);
/* harmony import */ var _ignore_rules_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(85430);
/* harmony import */ var _need_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(26698);
/* harmony import */ var _notices_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(48157);
/* harmony import */ var _patterns_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(62757);
/* harmony import */ var _recipe_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(69546);
/* harmony import */ var _select_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(74122);
/* harmony import */ var _texts_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(56840);
/* harmony import */ var _view_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(25187);
/* harmony import */ var _wildcard_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(32596);












/** Reads what each service takes; files and folders that several take are read once. */
async function inspect(services, surroundings) {
    const { git, view, platform } = surroundings;
    const { texts, failures, needs } = await (0,_texts_js__WEBPACK_IMPORTED_MODULE_8__/* .readTexts */ .Z)(services.flatMap(_recipe_js__WEBPACK_IMPORTED_MODULE_6__/* .textPaths */ .iD), view, git);
    const hasGitFolder = (await git.look(['.git'])).size > 0;
    const recipes = await Promise.all(services.map(async (service) => {
        const problem = (await contextProblem(service, view)) ?? textProblem(service, failures);
        const recipe = problem ?? withDockerfile(service, texts, platform);
        return recipe.ok && hasGitFolder ? (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_1__.ok)(withGitNotice(service, recipe.value)) : recipe;
    }));
    const committed = new _git_view_js__WEBPACK_IMPORTED_MODULE_10__/* .GitView */ .S(git, git.head, []);
    const selections = new Map();
    const selected = (source) => {
        const selection = selections.get(source.key) ?? (0,_select_js__WEBPACK_IMPORTED_MODULE_7__/* .select */ .L)(source, view);
        selections.set(source.key, selection);
        return selection;
    };
    const inspections = services.map(async (service, index) => {
        const recipe = recipes[index];
        if (!recipe.ok)
            return [service.name, recipe];
        const declared = [...declaredSources(service), ...lockfileSources(service)];
        const secrets = await secretSources(service, committed);
        const sources = [...recipe.value.sources, ...declared, ...secrets];
        const taken = await Promise.all(sources.map(async (source) => ({ source, selection: await selected(source) })));
        const absent = taken.find(({ source, selection }) => source.label === LOCKFILES && !selection.isFound);
        if (absent !== undefined)
            return [service.name, noLockfile(service, absent.source.path)];
        const rested = [
            ...(0,_recipe_js__WEBPACK_IMPORTED_MODULE_6__/* .textPaths */ .iD)(service).flatMap((path) => needs.get(path) ?? []),
            ...[service.context, ...(0,_recipe_js__WEBPACK_IMPORTED_MODULE_6__/* .contextFolders */ .XR)(service)].flatMap(_view_js__WEBPACK_IMPORTED_MODULE_11__/* .pathsDownTo */ .uL).map(_need_js__WEBPACK_IMPORTED_MODULE_3__/* .needOfKind */ .cU),
            ...secretFiles(service).map(({ path }) => (0,_need_js__WEBPACK_IMPORTED_MODULE_3__/* .needOfNode */ .w9)(path)),
            ...taken.flatMap(({ selection }) => [...selection.needs]),
        ];
        const idle = idlePaths(service, taken);
        const noticed = idle === undefined ? recipe.value : withNotice(recipe.value, idle);
        return [service.name, (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_1__.ok)({ recipe: noticed, taken, needs: new Set(rested) })];
    });
    return new Map(await Promise.all(inspections));
}
function withGitNotice(service, recipe) {
    const notice = (0,_notices_js__WEBPACK_IMPORTED_MODULE_4__/* .gitFolderNotice */ .DK)(service, recipe);
    return notice === undefined ? recipe : withNotice(recipe, notice);
}
function withNotice(recipe, notice) {
    return { ...recipe, notices: [...recipe.notices, notice] };
}
/** A change that was meant to count would not. */
function idlePaths(service, taken) {
    const entries = taken.flatMap(({ source, selection }) => source.label === PATHS ? [...selection.entries.values()] : []);
    // Nothing of what lies in a submodule is known.
    return entries.some(({ mode }) => mode === _view_js__WEBPACK_IMPORTED_MODULE_11__/* .SUBMODULE */ .NG)
        ? undefined
        : (0,_notices_js__WEBPACK_IMPORTED_MODULE_4__/* .idlePathsNotice */ .Bu)(service, entries.map(({ path }) => path));
}
function withDockerfile(service, texts, platform) {
    if (texts.has(service.file))
        return (0,_recipe_js__WEBPACK_IMPORTED_MODULE_6__/* .recipeOf */ .Sx)(service, texts, [platform]);
    return invalid(service, `Dockerfile \`${service.file}\` does not exist; set \`file:\` to its path from the repository root`);
}
function textProblem(service, failures) {
    const [first, ...more] = (0,_recipe_js__WEBPACK_IMPORTED_MODULE_6__/* .textPaths */ .iD)(service).flatMap((path) => failures.get(path) ?? []);
    return first && (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)(first, ...more);
}
/** BuildKit follows a link to its context, git does not: such a context would look empty for ever. */
async function contextProblem(service, view) {
    const { context } = service;
    for (const folder of [context, ...(0,_recipe_js__WEBPACK_IMPORTED_MODULE_6__/* .contextFolders */ .XR)(service)]) {
        for (const path of (0,_view_js__WEBPACK_IMPORTED_MODULE_11__/* .pathsDownTo */ .uL)(folder)) {
            const node = await view.node(path);
            if (node?.mode === _view_js__WEBPACK_IMPORTED_MODULE_11__/* .LINK */ .ps)
                return invalid(service, `context \`${folder}\` is a link or lies behind one; name the folder it points to`);
            if (node?.mode === _view_js__WEBPACK_IMPORTED_MODULE_11__/* .SUBMODULE */ .NG)
                return invalid(service, `context \`${folder}\` lies in the submodule \`${path}\`, whose files this commit does not hold; check it out and set \`inputs-from: worktree\``);
        }
    }
    const children = await view.folder(context);
    if (children !== undefined && children.size > 0)
        return undefined;
    const message = `context \`${context || '.'}\` has no files; set \`context:\` to a folder of the repository`;
    return invalid(service, message);
}
const PATHS = 'paths';
/** What the configuration names besides the Dockerfile: `paths`, and the sources of what an earlier step makes. */
function declaredSources(service) {
    const lists = [
        { label: PATHS, patterns: service.paths },
        ...Object.entries(service.generated).map(([made, patterns]) => ({
            label: `generated ${made}`,
            patterns,
        })),
    ];
    const isIgnored = (0,_patterns_js__WEBPACK_IMPORTED_MODULE_5__/* .inFolders */ .vW)((0,_patterns_js__WEBPACK_IMPORTED_MODULE_5__/* .matcher */ .jN)(service.ignore));
    return lists.flatMap(({ label, patterns }) => {
        const matches = (0,_patterns_js__WEBPACK_IMPORTED_MODULE_5__/* .matcher */ .jN)(patterns);
        // What lies in a submodule is known by its commit alone, so that any of it can be meant.
        const isMeant = (path, mode) => mode === _view_js__WEBPACK_IMPORTED_MODULE_11__/* .SUBMODULE */ .NG || matches(path);
        // What is not there yet is no doubt here: the patterns say what counts.
        return (0,_patterns_js__WEBPACK_IMPORTED_MODULE_5__/* .placesOf */ .ek)(patterns).map((place) => ({
            ...{ context: '', path: (0,_wildcard_js__WEBPACK_IMPORTED_MODULE_9__/* .quoted */ .TL)(place), rules: _ignore_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .IgnoreRules */ .w.NONE, exclude: _ignore_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .IgnoreRules */ .w.NONE },
            isNoInput: (path, mode) => !isMeant(path, mode) || isIgnored(path, mode),
            label,
            isMade: false,
            key: JSON.stringify(['declared', label, place, patterns, service.ignore]),
        }));
    });
}
const LOCKFILES = 'lockfiles';
/** They count whether or not the Dockerfile takes them. */
function lockfileSources({ lockfiles }) {
    if (lockfiles === undefined || lockfiles === 'auto')
        return [];
    return lockfiles.map((path) => fileSource(path, LOCKFILES));
}
/** Of secrets that files hold: what no commit has may be another file in each run, and never counts. */
async function secretSources(service, committed) {
    const sources = secretFiles(service).map(async ({ id, path }) => {
        const node = await committed.node(path);
        return node === undefined ? [] : [fileSource(path, `secret ${id}`)];
    });
    return (await Promise.all(sources)).flat();
}
/** Those that lie in the repository. */
function secretFiles({ build }) {
    return build.secrets.flatMap((secret) => {
        const path = secret.kind === 'file' ? (0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.normalize)(secret.path) : '/';
        return /^(?:\/|\.\.(?:\/|$))/.test(path) ? [] : [{ id: secret.id, path }];
    });
}
function fileSource(path, label) {
    return {
        ...{ context: '', path: (0,_wildcard_js__WEBPACK_IMPORTED_MODULE_9__/* .quoted */ .TL)(path), rules: _ignore_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .IgnoreRules */ .w.NONE, exclude: _ignore_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .IgnoreRules */ .w.NONE },
        ...{ isNoInput: () => false, label, isMade: false, key: JSON.stringify(['file', path]) },
    };
}
function noLockfile(service, path) {
    const mend = 'write its path from the repository root, or `lockfiles: auto`';
    return invalid(service, `lockfile ${JSON.stringify(path)} does not exist; ${mend}`);
}
/** Path of an entry from the root of the repository. */
function pathOf({ source }, entry) {
    return (0,_view_js__WEBPACK_IMPORTED_MODULE_11__/* .joined */ .oR)(source.context, entry.path);
}
/** Links and submodules count as files; a folder may carry its permissions behind its mode. */
function isFile(entry) {
    return !entry.mode.startsWith(_view_js__WEBPACK_IMPORTED_MODULE_11__/* .FOLDER */ .L7);
}
function invalid(service, problem) {
    const message = `${service.kind} \`${service.name}\`: ${problem}`;
    return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)({ kind: 'config-invalid', message, ...(service.place && { place: service.place }) });
}


/***/ }),

/***/ 95245:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ isLockfile),
/* harmony export */   u: () => (/* binding */ isPinnedBy)
/* harmony export */ });
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53916);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path_posix__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _view_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25187);


/** By the documentation of each package manager. */
const KINDS = [
    { lockfile: /^Cargo\.lock$/, manifests: /^Cargo\.toml$/ },
    {
        lockfile: /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/,
        manifests: /^package\.json$/,
    },
    { lockfile: /^go\.sum$/, manifests: /^go\.mod$/ },
    { lockfile: /^go\.work\.sum$/, manifests: /^go\.work$/ },
    { lockfile: /^(?:(?:poetry|uv|pdm)\.lock|pylock\.toml)$/, manifests: /^pyproject\.toml$/ },
    { lockfile: /^requirements.*\.txt$/, manifests: /^(?:requirements.*\.in|pyproject\.toml)$/ },
    { lockfile: /^Pipfile\.lock$/, manifests: /^Pipfile$/ },
    { lockfile: /^Gemfile\.lock$/, manifests: /^Gemfile$/ },
    { lockfile: /^composer\.lock$/, manifests: /^composer\.json$/ },
    { lockfile: /^packages\.lock\.json$/, manifests: /\.(?:cs|fs|vb)proj$/ },
    { lockfile: /^(?:buildscript-)?gradle\.lockfile$/, manifests: /^build\.gradle(?:\.kts)?$/ },
    { lockfile: /^mix\.lock$/, manifests: /^mix\.exs$/ },
    { lockfile: /^pubspec\.lock$/, manifests: /^pubspec\.yaml$/ },
];
/** Whether a file has the name of a lockfile. */
function isLockfile(path) {
    return KINDS.some(({ lockfile }) => lockfile.test((0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.basename)(path)));
}
/** Whether a manifest's dependencies are pinned by a lockfile: one beside it, or above it, as in a workspace. */
function isPinnedBy(manifest, lockfile) {
    const folder = (0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.dirname)(lockfile);
    return ((0,_view_js__WEBPACK_IMPORTED_MODULE_1__/* .isWithin */ .UO)(manifest, folder === '.' ? '' : folder) &&
        KINDS.some((kind) => kind.lockfile.test((0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.basename)(lockfile)) && kind.manifests.test((0,node_path_posix__WEBPACK_IMPORTED_MODULE_0__.basename)(manifest))));
}


/***/ }),

/***/ 26698:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   RP: () => (/* binding */ valueOf),
/* harmony export */   cU: () => (/* binding */ needOfKind),
/* harmony export */   iX: () => (/* binding */ needOfPattern),
/* harmony export */   w9: () => (/* binding */ needOfNode)
/* harmony export */ });
/* harmony import */ var _encode_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(99564);
/* harmony import */ var _view_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(25187);
/* harmony import */ var _wildcard_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(32596);



/*
 * Needs: `n` and a path, what lies there, a folder with all that is in it; `k` and a path, whether a folder, a link or
 * nothing lies there; `p` and a path whose last part is a pattern, whether its folder is there and which names in it
 * match. What is found behind such a name is a need of its own.
 */
function needOfNode(path) {
    return `n${path}`;
}
function needOfKind(path) {
    return `k${path}`;
}
function needOfPattern(folder, part) {
    return `p${(0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .joined */ .oR)(folder, part)}`;
}
/** The path that a need lies at, or in the case of a pattern that of its folder. */
function placeOf(need) {
    return need.startsWith('p') ? (0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .parted */ .vx)(need.slice(1)).parent : need.slice(1);
}
/** Digest of what the needs come to now; `undefined` where something has no id, as it differs on the disk. */
async function valueOf(needs, view) {
    const values = [];
    for (const need of needs) {
        const { parent, name } = (0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .parted */ .vx)(need.slice(1));
        // Most needs lie in few folders: to wait for each of thousands anew would take most of the time.
        const folder = view.seen(parent) ?? { entries: await view.folder(parent) };
        const value = need === 'n' ? await rootValue(view) : valueIn(folder.entries, need, name);
        if (value === undefined)
            return undefined;
        values.push(value);
    }
    return (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(values);
}
async function rootValue(view) {
    const root = await view.node('');
    return root === undefined ? '' : nodeValue(root);
}
function valueIn(folder, need, name) {
    if (need.startsWith('p'))
        return matches(folder, name);
    const node = folder?.get(name);
    if (node === undefined)
        return '';
    return need.startsWith('k') ? node.mode : nodeValue(node);
}
function nodeValue({ mode, id }) {
    return id === '' ? undefined : `${mode} ${id}`;
}
function matches(folder, name) {
    const pattern = (0,_wildcard_js__WEBPACK_IMPORTED_MODULE_1__/* .wildcard */ .XQ)(name);
    if (folder === undefined || pattern === undefined)
        return '';
    return (0,_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)([...folder.keys()].filter((child) => pattern.test(child)).sort(_encode_js__WEBPACK_IMPORTED_MODULE_0__/* .compareText */ .n6));
}


/***/ }),

/***/ 48157:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bu: () => (/* binding */ idlePathsNotice),
/* harmony export */   DK: () => (/* binding */ gitFolderNotice),
/* harmony export */   KE: () => (/* binding */ listed),
/* harmony export */   t2: () => (/* binding */ untrackedNotices)
/* harmony export */ });
/* harmony import */ var _patterns_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62757);

/** How many paths a notice names. */
const SHOWN = 5;
/** Names the inputs that no commit has: another checkout would give another image. */
async function untrackedNotices(inputs, view) {
    const takers = new Map();
    for (const [service, { uncommitted }] of inputs)
        for (const path of uncommitted)
            takers.set(path, [...(takers.get(path) ?? []), service]);
    const untracked = [];
    for (const path of takers.keys())
        if (!(await view.isCommitted(path)))
            untracked.push(path);
    if (untracked.length === 0)
        return [];
    const services = new Set(untracked.flatMap((path) => takers.get(path) ?? []));
    const names = listed([...services].map((name) => `\`${name}\``));
    const paths = listed(untracked.map((path) => JSON.stringify(path)));
    const message = `untracked files count as inputs of ${names}: ${paths}. Commit them, or keep them out of the build by .dockerignore; what an earlier step makes belongs under \`generated\``;
    return [{ message }, ...untracked.filter(isCredential).map(credentialNotice)];
}
/** What google-github-actions/auth leaves in the work tree. */
function isCredential(path) {
    return /(?:^|\/)gha-creds-[^/]*\.json$/.test(path);
}
function credentialNotice(path) {
    const message = `${JSON.stringify(path)} holds credentials and would be copied into an image; add \`gha-creds-*.json\` to .dockerignore`;
    return { message };
}
/** Said of a service that copies the repository's own folder, whose content differs in every clone. */
function gitFolderNotice(service, { sources }) {
    const taking = sources.find(({ context, path, rules }) => context === '' && (path === '' || path === '.git' || path.startsWith('.git/')) && !rules.drops('.git'));
    if (taking === undefined)
        return undefined;
    const message = `\`${service.name}\` copies \`.git\` into its image, which never counts as an input; add \`.git\` to .dockerignore`;
    return {
        message,
        ...(taking.line !== undefined && { place: { file: service.file, line: taking.line, column: 1 } }),
    };
}
/** Said of patterns under `paths` that none of the files which count by them matches. */
function idlePathsNotice(service, files) {
    const idle = service.paths.filter((pattern) => !pattern.startsWith('!') && !files.some((0,_patterns_js__WEBPACK_IMPORTED_MODULE_0__/* .matcher */ .jN)([pattern])));
    if (idle.length === 0)
        return undefined;
    const patterns = listed(idle.map((pattern) => `\`${pattern}\``));
    const message = `\`${service.name}\`: no file matches ${patterns} under \`paths\`, relative to the repository root`;
    return { message, ...(service.place && { place: service.place }) };
}
/** The first of some names or paths, and how many more there are. */
function listed(all, most = SHOWN) {
    const shown = all.slice(0, most).join(', ');
    return all.length > most ? `${shown} and ${all.length - most} more` : shown;
}


/***/ }),

/***/ 88975:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ ownImages),
/* harmony export */   Q: () => (/* binding */ ownImage)
/* harmony export */ });
/* harmony import */ var _model_service_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41674);
/* harmony import */ var _dockerfile_context_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67809);


function ownImages(all) {
    return new Map(all.map(({ name, image }) => [(0,_dockerfile_context_names_js__WEBPACK_IMPORTED_MODULE_0__/* .familiar */ .c)((0,_model_service_js__WEBPACK_IMPORTED_MODULE_1__/* .fullName */ .f)(image)), name]));
}
/**
 * The image of ours that a reference means; one with a digest means a fixed one, whoever built it. A single word with a tag
 * is an image of Docker Hub's; without one Docker takes what it has under that name, which is ours once it is built.
 */
function ownImage(reference, images) {
    const name = (0,_dockerfile_context_names_js__WEBPACK_IMPORTED_MODULE_0__/* .familiar */ .c)(reference);
    const repository = name.replace(/:[^/:]*$/, '');
    const isTold = repository.includes('/') || repository === name;
    return name.includes('@') || !isTold ? undefined : images.get(repository);
}


/***/ }),

/***/ 62757:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ek: () => (/* binding */ placesOf),
/* harmony export */   jN: () => (/* binding */ matcher),
/* harmony export */   vW: () => (/* binding */ inFolders)
/* harmony export */ });
/* harmony import */ var ignore__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70298);
/* harmony import */ var ignore__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(ignore__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _view_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25187);


function matcher(patterns) {
    if (patterns.length === 0)
        return () => false;
    const rules = ignore__WEBPACK_IMPORTED_MODULE_0___default()({ ignorecase: false, allowRelativePaths: true }).add(patterns);
    return (path) => path !== '' && rules.ignores(path);
}
/** With the mode of what lies there: patterns with a slash at the end mean folders, as submodules are for git. */
function inFolders(matches) {
    return (path, mode) => matches(path) || ((mode === _view_js__WEBPACK_IMPORTED_MODULE_1__/* .FOLDER */ .L7 || mode === _view_js__WEBPACK_IMPORTED_MODULE_1__/* .SUBMODULE */ .NG) && matches(`${path}/`));
}
/** Files, and folders below which all lies, that the patterns can mean. */
function placesOf(patterns) {
    return [...new Set(patterns.filter((pattern) => !pattern.startsWith('!')).map(placeOf))];
}
/** A pattern with a slash before its end is meant from the root on; its parts up to the first wildcard are folders. */
function placeOf(pattern) {
    // Blanks at the end do not count.
    const path = pattern.replace(/^\/| +$/g, '').replace(/\/$/, '');
    if (!pattern.startsWith('/') && !path.includes('/'))
        return '';
    const parts = path.split('/');
    const end = parts.findIndex((part) => /[*?[\\]/.test(part));
    return parts.slice(0, end === -1 ? parts.length : end).join('/');
}


/***/ }),

/***/ 69546:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  XR: () => (/* binding */ contextFolders),
  Sx: () => (/* binding */ recipeOf),
  iD: () => (/* binding */ textPaths)
});

// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/csv.ts
/** Fields of one line of CSV, strict about quotes as Go is; `undefined` for a line that Go refuses, and for none. */
function csvFields(line) {
    const text = line.replace(/\r?\n$/, '');
    if (text === '')
        return undefined;
    const fields = [];
    const field = /(?:"((?:[^"]|"")*)"|([^",][^",]*|))(,|$)/y;
    for (;;) {
        const found = field.exec(text);
        if (found === null)
            return undefined;
        const [, quoted, bare = '', end] = found;
        fields.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
        if (end === '')
            return fields;
    }
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/cursor.ts
/** A place in a word that is read character by character. */
class Cursor {
    #chars;
    #at = 0;
    /** As Go's scanner does, a byte order mark at the start is left out. */
    constructor(word) {
        this.#chars = Array.from(word.startsWith('\uFEFF') ? word.slice(1) : word);
    }
    peek() {
        return this.#chars[this.#at];
    }
    next() {
        const char = this.#chars[this.#at];
        if (char !== undefined)
            this.#at++;
        return char;
    }
    end() {
        this.#at = this.#chars.length;
    }
    /** The name of a variable, a number or a special parameter; empty if none of them is here. */
    name() {
        const first = this.peek() ?? '';
        const isNumber = /^\p{Nd}$/u.test(first);
        if (!isNumber && first !== '' && '@*#?-$!'.includes(first)) {
            this.#at++;
            return first;
        }
        const more = isNumber ? /^\p{Nd}$/u : /^[\p{L}\p{Nd}_]$/u;
        let name = '';
        for (let char = this.peek(); char !== undefined && more.test(char); char = this.peek()) {
            name += char;
            this.#at++;
        }
        return name;
    }
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/shell-pattern.ts
/** `undefined` for an escape that BuildKit refuses. */
function patternOf(pattern, anchor = '') {
    const text = pattern.text.startsWith('\uFEFF') ? pattern.text.slice(1) : pattern.text;
    const chars = Array.from(text);
    let source = anchor;
    for (let at = 0; at < chars.length; at++) {
        let char = chars[at] ?? '';
        if (char === '*') {
            source += pattern.isLongest ? '[^\\n]*' : '[^\\n]*?';
            continue;
        }
        if (char === '?') {
            source += '[^\\n]';
            continue;
        }
        if (char === '\\') {
            const next = chars[at + 1];
            // A brace or slash had to be escaped to get here; its escape is no part of the pattern.
            if (next === '}' || next === '/')
                continue;
            if (next !== '*' && next !== '?' && next !== '\\')
                return undefined;
            char = next;
            at++;
        }
        source += `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
    }
    return new RegExp(source, 'gu');
}
function withoutPrefix(value, pattern) {
    const regex = patternOf(pattern, '^');
    if (regex === undefined)
        return undefined;
    const found = regex.exec(value);
    return found ? value.slice(found[0].length) : value;
}
/** The shortest suffix is found from the end, so both are turned around. */
function withoutSuffix(value, pattern) {
    const rest = withoutPrefix(reversed(value), { ...pattern, text: reversedPattern(pattern.text) });
    return rest === undefined ? undefined : reversed(rest);
}
/** `regex` comes from `patternOf` and is at its start. */
function firstMatch(value, regex, replacement) {
    const found = regex.exec(value);
    if (!found)
        return value;
    return value.slice(0, found.index) + replacement + value.slice(found.index + found[0].length);
}
/** As Go replaces: an empty match right after another match does not count. */
function replaceAll(value, regex, replacement) {
    let end = -1;
    return value.replace(regex, (match, offset) => {
        if (match === '' && offset === end)
            return '';
        end = offset + match.length;
        return replacement;
    });
}
function reversed(text) {
    return Array.from(text).reverse().join('');
}
function reversedPattern(text) {
    return (text.match(/\\[^]|[^]/gu) ?? []).reverse().join('');
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/space.ts
/** What Go's `unicode.IsSpace` is true for: JavaScript's `\s` has U+FEFF as well and lacks U+0085. */
const SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const ONE = new RegExp(`^[${SPACE}]$`);
const LEADING = new RegExp(`^[${SPACE}]+`);
const TRAILING = new RegExp(`[${SPACE}]$`);
function isSpace(char) {
    return ONE.test(char);
}
function trimLeft(text) {
    return text.replace(LEADING, '');
}
function trimBoth(text) {
    let end = text.length;
    while (end > 0 && TRAILING.test(text.slice(end - 1, end)))
        end--;
    return trimLeft(text.slice(0, end));
}
/** White space that ends a keyword or an argument; other space of Unicode is part of it. */
const BETWEEN = /[\t\v\f\r ]+/;
function splitAtSpace(text) {
    return text.split(BETWEEN);
}
/** The part before the first white space, and the part after it if there is any white space. */
function cutAtSpace(text) {
    const found = BETWEEN.exec(text);
    return found ? [text.slice(0, found.index), text.slice(found.index + found[0].length)] : [text, undefined];
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/word-list.ts

/** Words as BuildKit's lexer splits them while it expands. */
class WordList {
    #done = [];
    #buffer;
    #isInWord = false;
    constructor(buffer) {
        this.#buffer = buffer;
        buffer.text = '';
    }
    /** White space ends a word. */
    add(text) {
        for (const char of text) {
            if (!isSpace(char))
                this.addWhole(char);
            else if (this.#isInWord && this.#buffer.text !== '')
                this.#end();
        }
    }
    /** White space is part of the word. */
    addWhole(text) {
        this.#buffer.text += text;
        this.#isInWord = true;
    }
    finish() {
        if (this.#buffer.text !== '')
            this.#end();
        return this.#done;
    }
    #end() {
        this.#done.push(this.#buffer.text);
        this.#buffer.text = '';
        this.#isInWord = false;
    }
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/lexer.ts



/** Reads a word with the rules of BuildKit's own shell lexer, which differ from those of any real shell. */
function lex(word, options) {
    return new Lexer(word, options).run();
}
class Lexer {
    #cursor;
    #options;
    #used = new Set();
    #unset = new Set();
    #rawEscapes;
    #buffer = { text: '' };
    /** The first thing that went wrong; from there on nothing is left to read, so that every loop ends. */
    #problem;
    constructor(word, options) {
        this.#cursor = new Cursor(word);
        this.#options = options;
        this.#rawEscapes = options.rawEscapes ?? false;
    }
    run() {
        const { text, words } = this.#readTo(undefined, { rawEscapes: this.#rawEscapes });
        if (this.#problem !== undefined)
            return { problem: this.#problem };
        return { text, words, used: this.#used, unset: this.#unset };
    }
    #fail(problem) {
        this.#problem ??= problem;
        this.#cursor.end();
        return '';
    }
    #readTo(stop, mode) {
        let text = '';
        const words = new WordList(this.#buffer);
        const outer = this.#rawEscapes;
        this.#rawEscapes = mode.rawEscapes;
        let char = this.#cursor.peek();
        for (; char !== undefined && char !== stop; char = this.#cursor.peek()) {
            text += this.#readOne(char, words, mode);
        }
        if (char !== undefined)
            this.#cursor.next();
        else if (stop !== undefined)
            this.#fail(`a \`${stop}\` is missing`);
        this.#rawEscapes = outer;
        return { text, words: words.finish() };
    }
    #readOne(char, words, mode) {
        if (char === '$') {
            const value = this.#dollar();
            words.add(value);
            return value;
        }
        const special = this.#special(char, mode);
        if (special !== undefined) {
            words.addWhole(special);
            return special;
        }
        this.#cursor.next();
        if (char !== this.#options.escape) {
            words.add(char);
            return char;
        }
        const kept = this.#rawEscapes ? char : '';
        const escaped = this.#cursor.next() ?? '';
        if (kept + escaped !== '')
            words.addWhole(kept + escaped);
        return kept + escaped;
    }
    #special(char, mode) {
        if (char === '<')
            return this.#lessThan();
        if (this.#options.ignoreQuotes)
            return undefined;
        if (char === "'")
            return this.#singleQuoted(mode);
        if (char === '"')
            return this.#doubleQuoted(mode);
        return undefined;
    }
    /** White space after `<<` belongs to the word, as it may be followed by the name of a heredoc. */
    #lessThan() {
        this.#cursor.next();
        if (this.#cursor.peek() !== '<')
            return '<';
        this.#cursor.next();
        let text = '<<';
        for (let char = this.#cursor.peek(); char !== undefined && '\t\r '.includes(char); char = this.#cursor.peek()) {
            text += char;
            this.#cursor.next();
        }
        return text;
    }
    #singleQuoted(mode) {
        const quote = this.#options.rawQuotes ? "'" : '';
        this.#cursor.next();
        let text = quote;
        for (let char = this.#cursor.next(); char !== "'"; char = this.#cursor.next()) {
            if (char === undefined)
                return this.#fail("a ' is missing");
            if (mode.isPattern && char === this.#options.escape) {
                return this.#fail('BuildKit releases differ on an escape within single quotes of a pattern');
            }
            text += char;
        }
        return text + quote;
    }
    #doubleQuoted(mode) {
        const quote = this.#options.rawQuotes ? '"' : '';
        this.#cursor.next();
        let text = quote;
        for (let char = this.#cursor.peek(); char !== '"'; char = this.#cursor.peek()) {
            if (char === undefined)
                return this.#fail('a " is missing');
            text += char === '$' ? this.#dollar() : this.#oneOfDoubleQuoted(mode);
        }
        this.#cursor.next();
        return text + quote;
    }
    #oneOfDoubleQuoted(mode) {
        const { escape } = this.#options;
        const char = this.#cursor.next() ?? '';
        const following = this.#cursor.peek();
        if (char !== escape || following === undefined)
            return char === escape ? '' : char;
        if (following === '"' || following === '$' || following === escape) {
            this.#cursor.next();
            return this.#rawEscapes ? char + following : following;
        }
        const isDoubled = this.#rawEscapes && (!this.#options.rawQuotes || mode.isPattern);
        return isDoubled ? char + char : char;
    }
    #dollar() {
        this.#cursor.next();
        if (this.#cursor.peek() !== '{') {
            const name = this.#cursor.name();
            if (name === '')
                return '$';
            const value = this.#value(name);
            return value === undefined && this.#options.keepUnset ? `$${name}` : (value ?? '');
        }
        this.#cursor.next();
        const first = this.#cursor.peek();
        if (first === undefined)
            return this.#fail('a `}` is missing');
        if ('{}:'.includes(first))
            return this.#fail(`\`\${${first}\` is no substitution`);
        const name = this.#cursor.name();
        const char = this.#cursor.next();
        if (char === '}') {
            const value = this.#value(name);
            return value === undefined && this.#options.keepUnset ? `\${${name}}` : (value ?? '');
        }
        if (char === '/')
            return this.#replaced(name);
        if (char === ':')
            return this.#modified(name, this.#cursor.next(), true);
        return char !== undefined && '+-?#%'.includes(char)
            ? this.#modified(name, char, false)
            : this.#fail(`\`\${${name}${char ?? ''}\` is no substitution that BuildKit knows`);
    }
    #modified(name, char, isEmptyUnset) {
        const sign = (isEmptyUnset ? ':' : '') + (char ?? '');
        const isPattern = char === '#' || char === '%';
        if (isPattern && isEmptyUnset)
            return this.#fail(`BuildKit does not know \`\${${name}${sign}…}\``);
        const { text: word } = this.#readTo('}', { rawEscapes: isPattern, isPattern });
        if (this.#problem !== undefined)
            return '';
        const value = this.#value(name);
        if (value === undefined && this.#options.keepUnset)
            return `\${${name}${sign}${word}}`;
        const isSet = value !== undefined && !(isEmptyUnset && value === '');
        switch (char) {
            case '-':
                return isSet ? value : word;
            case '+':
                return isSet ? word : '';
            case '?':
                return isSet ? value : this.#fail(`${name}: ${word || 'has to be set'}`);
            case '#':
            case '%':
                return this.#trimmed(value ?? '', word, char);
            case undefined:
            default:
                return this.#fail(`\`\${${name}${sign}\` is no substitution that BuildKit knows`);
        }
    }
    #trimmed(value, word, char) {
        const isLongest = word.startsWith(char);
        const pattern = { text: isLongest ? word.slice(1) : word, isLongest };
        const trimmed = char === '#' ? withoutPrefix(value, pattern) : withoutSuffix(value, pattern);
        return trimmed ?? this.#fail(`\`${word}\` is no pattern that BuildKit knows`);
    }
    #replaced(name) {
        const isAll = this.#cursor.peek() === '/';
        if (isAll)
            this.#cursor.next();
        const { text: pattern } = this.#readTo('/', { rawEscapes: true, isPattern: true });
        const { text: replacement } = this.#readTo('}', { rawEscapes: true });
        if (this.#problem !== undefined)
            return '';
        const value = this.#value(name);
        if (value === undefined && this.#options.keepUnset)
            return `\${${name}/${pattern}/${replacement}}`;
        const regex = patternOf({ text: pattern, isLongest: true });
        if (regex === undefined)
            return this.#fail(`\`${pattern}\` is no pattern that BuildKit knows`);
        if (!isAll)
            return firstMatch(value ?? '', regex, replacement);
        // Go's regular expressions would take a name after the dollar as that of a group.
        if (replacement.includes('$'))
            return this.#fail('a `$` in what replaces all matches has a meaning of its own');
        return replaceAll(value ?? '', regex, replacement);
    }
    #value(name) {
        const value = this.#options.variables.get(name);
        (value === undefined ? this.#unset : this.#used).add(name);
        return value;
    }
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/heredoc.ts

const PATTERN = /^[0-9]*<<(-?)[\t\n\f\r ]*([^<]*)$/;
const NO_VARIABLES = new Map();
/** The heredocs that a logical line announces, in order. The escape directive has no say here. */
function heredocsOf(line) {
    const options = {
        escape: '\\',
        variables: NO_VARIABLES,
        keepUnset: true,
        rawQuotes: true,
        rawEscapes: true,
    };
    const read = lex(line, options);
    if ('problem' in read)
        return [];
    const found = [];
    for (const word of read.words) {
        const heredoc = heredocOf(word);
        if (heredoc === undefined)
            continue;
        if ('problem' in heredoc)
            return heredoc;
        found.push(heredoc);
    }
    return found;
}
/** `undefined` for a word that is no heredoc. */
function heredocOf(word) {
    const [, dash, rest = ''] = PATTERN.exec(word) ?? [];
    if (rest === '')
        return undefined;
    const options = { escape: '\\', variables: NO_VARIABLES, keepUnset: true };
    const read = lex(rest, options);
    if ('problem' in read)
        return { problem: `the heredoc \`${word}\` cannot be read: ${read.problem}` };
    const [name, ...more] = read.words;
    if (name === undefined || more.length > 0)
        return undefined;
    const raw = lex(rest, { ...options, rawQuotes: true });
    if ('problem' in raw || raw.words.length !== 1) {
        return { problem: `the name of the heredoc \`${word}\` cannot be read; use letters only` };
    }
    return { name, expand: quotes(name) === quotes(raw.words[0] ?? ''), chomp: dash === '-' };
}
function quotes(text) {
    return text.replace(/[^'"]/g, '').length;
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/words.ts

/** How BuildKit's parser reads what follows a keyword and its flags; a keyword that is not here is unknown. */
const READERS = {
    ADD: listOrJson,
    ARG: (rest, escape) => plain(quotedWords(rest, escape)),
    CMD: textOrJson,
    COPY: listOrJson,
    ENTRYPOINT: textOrJson,
    ENV: (rest, escape) => pairs(rest, escape, 'ENV'),
    EXPOSE: list,
    FROM: list,
    HEALTHCHECK: healthcheck,
    LABEL: (rest, escape) => pairs(rest, escape, 'LABEL'),
    MAINTAINER: words_text,
    RUN: textOrJson,
    SHELL: textOrJson,
    STOPSIGNAL: words_text,
    USER: words_text,
    VOLUME: listOrJson,
    WORKDIR: words_text,
};
const KEYWORDS = [...Object.keys(READERS), 'ONBUILD'];
/** `undefined` for a keyword that BuildKit does not know. */
function readerOf(keyword) {
    return Object.hasOwn(READERS, keyword) ? READERS[keyword] : undefined;
}
/** Whether older releases of BuildKit read a JSON list here, and drop what follows it. */
function startsAsJson(rest) {
    const text = trimLeft(rest);
    if (!text.startsWith('['))
        return false;
    for (let end = text.indexOf(']'); end !== -1; end = text.indexOf(']', end + 1)) {
        if (jsonList(text.slice(0, end + 1)) !== undefined)
            return true;
    }
    return false;
}
function plain(words) {
    return { words, json: false };
}
function words_text(rest) {
    return plain(rest === '' ? [] : [rest]);
}
function list(rest) {
    return plain(rest === '' ? [] : splitAtSpace(rest));
}
function textOrJson(rest) {
    return fromJson(rest) ?? words_text(rest);
}
function listOrJson(rest) {
    return fromJson(rest) ?? list(rest);
}
function healthcheck(rest) {
    const [, type = '', command = ''] = /^([^\t-\r ]*)[\t-\r ]*([^]*)$/.exec(rest) ?? [];
    if (type === '')
        return plain([]);
    const read = textOrJson(command);
    return 'problem' in read ? read : { words: [type, ...read.words], json: read.json };
}
/** `undefined` if it is no JSON, and so is read as words. */
function fromJson(rest) {
    const values = jsonList(trimLeft(rest));
    if (values === undefined)
        return undefined;
    if (!values.every((value) => typeof value === 'string')) {
        return { problem: 'a list in JSON form may hold only strings; put each in double quotes' };
    }
    // Half of a surrogate pair is no character to Go.
    return { words: values.map((value) => value.replace(/\p{Surrogate}/gu, '\uFFFD')), json: true };
}
function jsonList(text) {
    if (!text.startsWith('['))
        return undefined;
    try {
        return JSON.parse(text, (_key, value) => {
            if (value === Infinity || value === -Infinity)
                throw new RangeError('more than Go takes');
            return value;
        });
    }
    catch {
        return undefined;
    }
}
/** The form is told by the first word: `NAME value`, or `name=value` once or more. */
function pairs(rest, escape, keyword) {
    const words = quotedWords(rest, escape);
    const [first] = words;
    if (first === undefined)
        return plain([]);
    if (!first.includes('=')) {
        const [name, value] = cutAtSpace(rest);
        return value === undefined
            ? { problem: `${keyword} needs a name and a value, as in \`${keyword} name=value\`` }
            : plain([name, value, '']);
    }
    const wrong = words.find((word) => !word.includes('='));
    if (wrong !== undefined) {
        return {
            problem: `\`${wrong}\` has no \`=\`; write \`name=value\`, with quotes around a value with blanks`,
        };
    }
    return plain(words.flatMap((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1), '=']));
}
/** Words that may hold blanks within quotes or after an escape; quotes and escapes stay. */
function quotedWords(rest, escape) {
    const chars = Array.from(rest);
    const words = [];
    let word = '';
    let hasQuote = false;
    let quote;
    const end = () => {
        if (hasQuote || word !== '')
            words.push(word);
        word = '';
        hasQuote = false;
    };
    for (let at = 0; at < chars.length; at++) {
        const char = chars[at] ?? '';
        if (quote === undefined && isSpace(char)) {
            end();
            continue;
        }
        if (char === escape && quote !== "'") {
            // An escape at the very end means nothing.
            if (at + 1 < chars.length)
                word += char + (chars[at + 1] ?? '');
            at++;
            continue;
        }
        if (quote === undefined && (char === '"' || char === "'")) {
            quote = char;
            hasQuote = true;
        }
        else if (char === quote) {
            quote = undefined;
        }
        word += char;
    }
    end();
    return words;
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/check.ts




const NO_FLAGS = {};
/** Flags per keyword; ARG and STOPSIGNAL are not here, as BuildKit drops theirs unread. */
const FLAGS = {
    FROM: { platform: 'text' },
    COPY: { from: 'text', chown: 'text', chmod: 'text', link: 'switch', parents: 'switch', exclude: 'texts' },
    ADD: {
        chown: 'text',
        chmod: 'text',
        link: 'switch',
        'keep-git-dir': 'switch',
        checksum: 'text',
        unpack: 'switch',
        exclude: 'texts',
    },
    RUN: { mount: 'texts', network: 'text', security: 'text', device: 'texts' },
    HEALTHCHECK: {
        interval: 'text',
        timeout: 'text',
        'start-period': 'text',
        'start-interval': 'text',
        retries: 'text',
    },
};
/** What BuildKit refuses of a single instruction before it builds anything. */
function problemOf(instruction) {
    const { keyword, line } = instruction;
    if (!KEYWORDS.includes(keyword)) {
        return {
            line,
            message: `\`${keyword}\` is no instruction; correct it, or end the line before with a backslash`,
        };
    }
    const message = flagProblem(instruction) ?? wordsProblem(instruction);
    return message === undefined ? undefined : { line, message: `${keyword}: ${message}` };
}
function flagProblem({ keyword, flags, words }) {
    if (keyword === 'ARG' || keyword === 'STOPSIGNAL')
        return undefined;
    if (keyword === 'HEALTHCHECK' && words[0]?.toUpperCase() === 'NONE')
        return undefined;
    const known = FLAGS[keyword] ?? NO_FLAGS;
    const seen = new Set();
    for (const { name, value } of flags) {
        const kind = Object.hasOwn(known, name) ? known[name] : undefined;
        if (kind === undefined)
            return `the flag --${name} is unknown; remove it`;
        if (seen.has(name) && kind !== 'texts')
            return `the flag --${name} is there twice; remove one`;
        seen.add(name);
        if (kind === 'switch') {
            if (value !== undefined && !/^(?:true|false)$/i.test(value))
                return `--${name} may be true or false`;
        }
        else if (value === undefined) {
            return `--${name} has no value; write \`--${name}=…\``;
        }
    }
    return undefined;
}
const EXACTLY_ONE = new Set(['MAINTAINER', 'STOPSIGNAL', 'USER', 'WORKDIR']);
const AT_LEAST_ONE = new Set(['ARG', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'ONBUILD', 'SHELL', 'VOLUME']);
function wordsProblem(instruction) {
    const { keyword, words } = instruction;
    if (EXACTLY_ONE.has(keyword) && words.length !== 1)
        return 'needs exactly one argument';
    if (AT_LEAST_ONE.has(keyword) && words.length === 0)
        return 'needs an argument';
    switch (keyword) {
        case 'FROM':
            return fromProblem(words);
        case 'COPY':
        case 'ADD':
            return copyProblem(words);
        case 'ENV':
        case 'LABEL':
            return words.some((word, index) => index % 3 === 0 && word === '')
                ? 'a name is missing before `=`'
                : undefined;
        case 'ARG':
            return words.some((word) => word.startsWith('=')) ? 'a name is missing before `=`' : undefined;
        case 'RUN':
            return runProblem(instruction);
        case 'VOLUME':
            return words.some((word) => trimBoth(word) === '') ? 'a path is empty' : undefined;
        case 'SHELL':
            return instruction.json ? undefined : 'needs the JSON form, as in `SHELL ["/bin/bash", "-c"]`';
        case 'HEALTHCHECK':
            return healthcheckProblem(words);
        case 'ONBUILD':
            return onbuildProblem(words);
        default:
            return undefined;
    }
}
function fromProblem(words) {
    const [, as = '', name = ''] = words;
    if (words.length === 1)
        return undefined;
    if (words.length !== 3 || !/^as$/iu.test(as))
        return 'write `FROM <image>` or `FROM <image> AS <name>`';
    return /^[a-z][a-z0-9-_.]*$/.test(name.toLowerCase())
        ? undefined
        : `\`${name}\` is no name of a stage; start with a letter, go on with letters, digits, \`-\`, \`_\` and \`.\``;
}
function copyProblem(words) {
    if (words.length < 2)
        return 'needs a source and a destination';
    const heredoc = heredocOf(words.at(-1) ?? '');
    return heredoc !== undefined && !('problem' in heredoc) ? 'a heredoc cannot be the destination' : undefined;
}
function runProblem({ flags }) {
    for (const { name, value = '' } of flags) {
        if (name === 'network' && !['default', 'none', 'host'].includes(value)) {
            return `--network=${value} is not known; use default, none or host`;
        }
        if (name === 'security' && !['insecure', 'sandbox'].includes(value)) {
            return `--security=${value} is not known; use insecure or sandbox`;
        }
        const problem = name === 'mount' ? mountProblem(value) : undefined;
        if (problem !== undefined)
            return problem;
    }
    return undefined;
}
/** What is refused before variables are known. */
function mountProblem(value) {
    const fields = csvFields(value);
    if (fields === undefined)
        return `--mount=${value} is no list of fields; check its commas and quotes`;
    return fields.some((field) => /^from=.*\$./is.test(field))
        ? 'the `from` of a mount takes no variables; name a stage with FROM first'
        : undefined;
}
function healthcheckProblem(words) {
    const [type = '', ...command] = words;
    if (type.toUpperCase() === 'NONE')
        return command.length > 0 ? 'NONE takes no arguments' : undefined;
    if (type.toUpperCase() !== 'CMD')
        return `\`${type}\` is not known; use CMD or NONE`;
    return command.length === 0 ? 'a command is missing after CMD' : undefined;
}
function onbuildProblem([keyword = '']) {
    return ['ONBUILD', 'MAINTAINER', 'FROM'].includes(keyword.toUpperCase())
        ? `${keyword.toUpperCase()} cannot be a trigger`
        : undefined;
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/directives.ts

const NAMES = new Set(['syntax', 'escape', 'check']);
const directives_PATTERN = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*([^\n]+?)[\t\n\f\r ]*$/;
/** Reads parser directives line by line: they count only before the first line that is none. */
class DirectiveReader {
    #seen = new Set();
    #comment;
    #isOver = false;
    constructor(comment) {
        this.#comment = comment;
    }
    get isOver() {
        return this.#isOver;
    }
    read(line) {
        if (this.#isOver)
            return undefined;
        const text = line.startsWith(this.#comment) ? trimLeft(line.slice(this.#comment.length)) : '';
        const [, key = '', value = ''] = directives_PATTERN.exec(text) ?? [];
        const name = key.toLowerCase();
        if (!isDirectiveName(name)) {
            this.#isOver = true;
            return undefined;
        }
        if (this.#seen.has(name))
            return { problem: `the directive \`${name}\` may be there only once; remove one` };
        this.#seen.add(name);
        return { name, value };
    }
}
function isDirectiveName(name) {
    return NAMES.has(name);
}
/**
 * The frontend that BuildKit hands the file to, as its DetectSyntax finds it: a directive after `#` or `//` (a first
 * line with `#!` does not count), or the key `syntax` of a file that is JSON.
 */
function detectSyntax(text) {
    const body = text.replace(/^\uFEFF/, '').replace(/^#![^\n]*(?:\n|$)/, '');
    return syntaxAfter('#', body) ?? syntaxAfter('//', body) ?? syntaxOfJson(body);
}
function syntaxAfter(comment, body) {
    const reader = new DirectiveReader(comment);
    for (const line of body.split('\n')) {
        const directive = reader.read(line.replace(/\r$/, ''));
        if (directive === undefined || 'problem' in directive)
            return undefined;
        if (directive.name === 'syntax')
            return directive.value.split(' ')[0];
    }
    return undefined;
}
function syntaxOfJson(body) {
    if (!/^[\t\n\r ]*\{/.test(body))
        return undefined;
    try {
        const value = JSON.parse(body);
        return typeof value.syntax === 'string' ? value.syntax : undefined;
    }
    catch {
        return undefined;
    }
}
/** Whether a frontend is Docker's own, of any tag or digest. */
function isDockerSyntax(reference) {
    return /^(?:(?:index\.)?docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(reference);
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/flags.ts

/**
 * Takes the leading `--words` off a line. BuildKit reads them byte by byte, so that each byte of a letter beyond ASCII
 * becomes a letter of its own, and some end the word; this does the same.
 */
function splitFlags(line, escape) {
    const bytes = Buffer.from(line, 'utf8').toString('latin1');
    const reader = new FlagReader(bytes, escape);
    const end = reader.run();
    return { flags: reader.words.map(flagOf), rest: utf8(bytes.slice(end)), text: utf8(bytes.slice(0, end)) };
}
function utf8(bytes) {
    return Buffer.from(bytes, 'latin1').toString('utf8');
}
function flagOf(word) {
    const equals = word.indexOf('=');
    return equals === -1
        ? { name: word.slice(2) }
        : { name: word.slice(2, equals), value: word.slice(equals + 1) };
}
class FlagReader {
    words = [];
    #line;
    #escape;
    #at = 0;
    constructor(line, escape) {
        this.#line = line;
        this.#escape = escape;
    }
    /** Where the flags end. */
    run() {
        for (;;) {
            while (this.#at < this.#line.length && isSpace(this.#line.charAt(this.#at)))
                this.#at++;
            if (this.#at >= this.#line.length || !this.#line.startsWith('--', this.#at))
                return this.#at;
            const { word, isQuoted } = this.#word();
            if (word === '--')
                return this.#at;
            if (isQuoted || word !== '')
                this.words.push(word);
        }
    }
    #word() {
        let word = '';
        let quote;
        let isQuoted = false;
        for (; this.#at < this.#line.length; this.#at++) {
            const char = this.#line.charAt(this.#at);
            if (quote === undefined && isSpace(char))
                break;
            if (quote === undefined ? char === '"' || char === "'" : char === quote) {
                quote = quote === undefined ? char : undefined;
                isQuoted = true;
            }
            else if (char === this.#escape) {
                this.#at++;
                word += this.#line.charAt(this.#at);
            }
            else {
                word += char;
            }
        }
        return { word, isQuoted };
    }
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/reader.ts






/** Go's bufio.Scanner, and so BuildKit, takes no line longer than this, its end included. */
const LONGEST_LINE = 65_536;
const CONTINUED = {
    '\\': /(^|[^\\])\\[ \t]*$/,
    '`': /(^|[^`])`[ \t]*$/,
};
/** Splits a Dockerfile into instructions; whether their arguments are right is asked elsewhere. */
class Reader {
    #lines;
    #directives = new DirectiveReader('#');
    #doubts = [];
    #escape = '\\';
    #at = 0;
    #hasCheck = false;
    constructor(text) {
        this.#lines = text.replace(/^\uFEFF/, '').match(/[^\n]*\n|[^\n]+/g) ?? [];
    }
    run() {
        const tooLong = this.#lines.findIndex((line) => Buffer.byteLength(line) > (line.endsWith('\n') ? LONGEST_LINE : LONGEST_LINE - 1));
        if (tooLong !== -1) {
            return {
                line: tooLong + 1,
                message: 'the line is longer than the 65535 bytes that BuildKit takes; split it',
            };
        }
        const instructions = [];
        while (this.#at < this.#lines.length) {
            const problem = this.#readDirective();
            if (problem !== undefined)
                return problem;
            const line = this.#at + 1;
            const text = this.#logicalLine();
            if (text === undefined)
                continue;
            const instruction = this.#instruction(text, line);
            if ('message' in instruction)
                return instruction;
            instructions.push(instruction);
        }
        if (instructions.length === 0) {
            return { line: 1, message: 'the Dockerfile has no instructions; start it with `FROM <image>`' };
        }
        return { escape: this.#escape, instructions, doubts: this.#doubts };
    }
    #readDirective() {
        const line = this.#at + 1;
        const directive = this.#directives.read(trimLeft(withoutEnd(this.#lines[this.#at] ?? '')));
        if (directive === undefined)
            return undefined;
        if ('problem' in directive)
            return { line, message: directive.problem };
        if (directive.name === 'check') {
            // Older releases take it for a comment, after which directives have no effect.
            this.#hasCheck = true;
        }
        else if (directive.name === 'escape') {
            if (directive.value !== '`' && directive.value !== '\\') {
                return {
                    line,
                    message: `the escape character is \`${directive.value}\`; it may be a backslash or a backtick`,
                };
            }
            this.#escape = directive.value;
            if (this.#hasCheck && this.#escape === '`') {
                this.#doubts.push({
                    line,
                    why: 'older BuildKit releases ignore an escape directive after a check directive',
                });
            }
        }
        return undefined;
    }
    /** Continuations joined; `undefined` for an empty line or a comment. */
    #logicalLine() {
        const first = trimLeft(withoutEnd(this.#lines[this.#at++] ?? ''));
        let part = first.startsWith('#') ? { text: '', isContinued: false } : this.#part(first);
        let text = part.text;
        if (!part.isContinued && text === '')
            return undefined;
        while (part.isContinued && this.#at < this.#lines.length) {
            const line = withoutEnd(this.#lines[this.#at++] ?? '');
            const content = trimLeft(line);
            if (content === '' || content.startsWith('#'))
                continue;
            part = this.#part(line);
            text += part.text;
        }
        return text;
    }
    #part(line) {
        const text = line.replace(CONTINUED[this.#escape], '$1');
        return { text, isContinued: text !== line };
    }
    #instruction(text, line) {
        const read = instructionOf(text, { line, escape: this.#escape });
        if ('message' in read)
            return read;
        const { instruction, doubts } = read;
        this.#doubts.push(...doubts);
        const announced = takesHeredocs(read.inner ?? instruction) && text.includes('<<') ? heredocsOf(text) : [];
        if ('problem' in announced)
            return { line, message: announced.problem };
        const heredocs = [];
        for (const each of announced) {
            const content = this.#content(each);
            if (content === undefined) {
                return {
                    line,
                    message: `the heredoc \`${each.name}\` has no end; add a line with \`${each.name}\` alone`,
                };
            }
            heredocs.push({ ...each, content });
        }
        if (heredocs.some((heredoc) => this.#mayBeInstructions(heredoc)) && isNewHeredoc(text)) {
            this.#doubts.push({ line, why: 'older BuildKit releases see no heredoc here' });
        }
        const trigger = instruction.keyword === 'ONBUILD' ? triggerOf(text, line, heredocs) : undefined;
        return withoutLoss({ ...instruction, heredocs, ...(trigger && { trigger }) });
    }
    /** Whether a release that sees no heredoc could take its lines, and the one that ends it, for instructions. */
    #mayBeInstructions({ name, content }) {
        const [first] = cutAtSpace(trimBoth(name));
        return KEYWORDS.includes(first.toUpperCase()) || CONTINUED[this.#escape].test(withoutEnd(content));
    }
    #content(heredoc) {
        let content = '';
        while (this.#at < this.#lines.length) {
            const line = this.#lines[this.#at++] ?? '';
            const bare = withoutEnd(line);
            if ((heredoc.chomp ? bare.replace(/^\t+/, '') : bare) === heredoc.name)
                return content;
            content += line;
        }
        return undefined;
    }
}
/** Bytes that were no UTF-8 are all the same here, so that a change of them would not be seen. */
function withoutLoss(instruction) {
    const { keyword, line, text, heredocs } = instruction;
    const isLost = [text, ...heredocs.map((heredoc) => heredoc.content)].some((each) => each.includes('\uFFFD'));
    return isLost
        ? { line, message: `${keyword} holds bytes that are no UTF-8; save the file as UTF-8` }
        : instruction;
}
/** Older releases want no blank before the name, and read a list with more behind it as JSON. */
function isNewHeredoc(text) {
    return /<<-?[\t\n\f\r ]/.test(text) || /\[.*\]/s.test(text);
}
function withoutEnd(line) {
    return line.replace(/[\r\n]+$/, '');
}
function takesHeredocs(instruction) {
    return ['RUN', 'COPY', 'ADD'].includes(instruction.keyword) && !instruction.json;
}
/** The trigger is kept as text in the image and read again when it fires, with the backslash as its escape. */
function triggerOf(text, line, heredocs) {
    const expression = text.replace(/^[\t\n\f\r ]*onbuild[\t\n\f\r ]*/i, '');
    const contents = heredocs.map((heredoc) => `\n${heredoc.content}${heredoc.name}`);
    const read = new Reader(expression + contents.join('')).run();
    if ('message' in read || read.instructions.length !== 1)
        return undefined;
    const [trigger] = read.instructions;
    return trigger === undefined || problemOf(trigger) !== undefined ? undefined : { ...trigger, line };
}
function instructionOf(text, at) {
    const [written, afterKeyword = ''] = cutAtSpace(trimBoth(text));
    const keyword = /^[a-z]+$/i.test(written) ? written.toUpperCase() : written;
    const split = splitFlags(afterKeyword, at.escape);
    const rest = trimBoth(split.rest);
    const base = { keyword, line: at.line, flags: split.flags, heredocs: [], text: trimBoth(text) };
    const doubts = [];
    if (at.escape === '`' && /[\\`]/.test(split.text)) {
        doubts.push({ line: at.line, why: 'BuildKit releases differ on escapes within flags' });
    }
    if (keyword === 'ONBUILD')
        return onbuildOf({ ...base, words: [], json: false }, rest, { ...at, doubts });
    const reader = readerOf(keyword);
    const read = reader?.(rest, at.escape) ?? { words: [''], json: false };
    if ('problem' in read)
        return { line: at.line, message: `${keyword}: ${read.problem}` };
    if (['COPY', 'ADD'].includes(keyword) && !read.json && startsAsJson(rest)) {
        doubts.push({ line: at.line, why: 'older BuildKit releases drop what follows a list in JSON form' });
    }
    return { instruction: { ...base, ...read }, doubts };
}
function onbuildOf(instruction, rest, at) {
    if (rest === '')
        return { instruction, doubts: at.doubts };
    const read = instructionOf(rest, at);
    if ('message' in read)
        return read;
    const [keyword] = cutAtSpace(rest);
    return {
        instruction: { ...instruction, words: [keyword, ...read.instruction.words] },
        inner: read.instruction,
        doubts: [...at.doubts, ...read.doubts],
    };
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/parse.ts




/**
 * Reads a Dockerfile as BuildKit does. `config-invalid` names the line of what BuildKit refuses to parse; what it
 * refuses only later, such as a value that no signal has, is not looked for.
 */
function parseDockerfile(text, file) {
    const syntax = detectSyntax(text);
    if (syntax !== undefined && !isDockerSyntax(syntax)) {
        const doubts = [{ line: 1, why: `only the frontend \`${syntax}\` knows what this Dockerfile means` }];
        return (0,failure.ok)({ escape: '\\', syntax, instructions: [], doubts, foreign: text });
    }
    const invalid = ({ line, message }) => (0,failure/* failed */.gz)({ kind: 'config-invalid', message, place: { file, line, column: 1 } });
    const reader = new Reader(text);
    const read = reader.run();
    if ('message' in read)
        return invalid(read);
    const problem = read.instructions.map((each) => problemOf(each)).find((each) => each !== undefined);
    const misplaced = problem ?? orderProblem(read.instructions);
    if (misplaced !== undefined)
        return invalid(misplaced);
    return (0,failure.ok)({ ...read, ...(syntax !== undefined && { syntax }) });
}
function orderProblem(instructions) {
    const [first] = instructions.filter((each) => each.keyword !== 'ARG');
    if (first?.keyword === 'FROM')
        return undefined;
    return first === undefined
        ? { line: 1, message: 'the Dockerfile has no FROM; start it with `FROM <image>`' }
        : { line: first.line, message: `${first.keyword} comes before any FROM; only ARG may` };
}

// EXTERNAL MODULE: ./src/fingerprint/dockerfile/context-names.ts
var context_names = __webpack_require__(67809);
;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/expand.ts

/** `problem`: BuildKit refuses the word, or its releases differ on what it means. */
function expandWord(word, variables, escape) {
    return lex(word, { escape, variables });
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/environment.ts

/** Variables at one place of a Dockerfile, as far as they are known when planning. */
class Environment {
    #known;
    #unknown;
    /** Why a name that is neither known nor unknown may be set all the same; `undefined`: it is not set. */
    #others;
    constructor(known, unknown, others) {
        this.#known = known;
        this.#unknown = unknown;
        this.#others = others;
    }
    static empty() {
        return new Environment(new Map(), new Map(), undefined);
    }
    /** One in which any name may be set, for the given reason. */
    static open(why) {
        return new Environment(new Map(), new Map(), why);
    }
    copy() {
        return new Environment(new Map(this.#known), new Map(this.#unknown), this.#others);
    }
    /** This one, with all that `over` may set laid over it. */
    under(over) {
        const merged = over.copy();
        for (const [name, text] of this.#known) {
            if (over.#has(name))
                continue;
            if (over.#others === undefined)
                merged.set(name, { text });
            else
                merged.set(name, { why: over.#others });
        }
        for (const [name, why] of this.#unknown)
            if (!over.#has(name))
                merged.set(name, { why });
        merged.#others ??= this.#others;
        return merged;
    }
    set(name, value) {
        this.#known.delete(name);
        this.#unknown.delete(name);
        if ('text' in value)
            this.#known.set(name, value.text);
        else
            this.#unknown.set(name, value.why);
    }
    /** Some name that cannot be told was set. */
    setSome(why) {
        this.#known.clear();
        this.#unknown.clear();
        this.#others = why;
    }
    /** `undefined`: not set. */
    get(name) {
        const text = this.#known.get(name);
        if (text !== undefined)
            return { text };
        const why = this.#unknown.get(name) ?? this.#others;
        return why === undefined ? undefined : { why: because(name, why) };
    }
    expand(word, escape) {
        const expanded = expandWord(word, this.#known, escape);
        if ('problem' in expanded)
            return { why: `\`${word}\` cannot be expanded: ${expanded.problem}` };
        for (const name of expanded.unset) {
            const why = this.#unknown.get(name) ?? this.#others;
            if (why !== undefined)
                return { why: because(name, why) };
        }
        return { text: expanded.text };
    }
    #has(name) {
        return this.#known.has(name) || this.#unknown.has(name);
    }
}
function because(name, why) {
    return `the value of \`${name}\` is not known: ${why}`;
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/global-args.ts

/** Platforms whose parts are the same in every form that BuildKit writes them; `linux/arm64/v8` for one is not. */
const PLATFORM = /^(linux)\/(?:(amd64|arm64|386|ppc64le|s390x|riscv64)|(arm)\/(v[567]))$/;
/** What ARG before the first FROM may use, and ARG without a default takes: platform arguments and global ones. */
function globalArgs(instructions, scope, platform) {
    const { buildArgs, volatileArgs } = scope.question;
    const args = Environment.empty();
    const platformArgs = [...builderArgs(), ...targetArgs(platform), targetStage(instructions, scope)];
    for (const [name, value] of platformArgs) {
        const passed = buildArgs.get(name);
        if (volatileArgs.has(name))
            args.set(name, { why: VOLATILE });
        else if (passed !== undefined)
            args.set(name, { text: passed });
        else
            args.set(name, value === undefined ? { why: 'only the builder knows it' } : { text: value });
    }
    for (const word of globalInstructions(instructions).flatMap(({ words }) => words)) {
        const { name, fallback } = argOf(word);
        const passed = buildArgs.get(name);
        if (volatileArgs.has(name))
            args.set(name, { why: VOLATILE });
        else if (passed !== undefined)
            args.set(name, { text: passed });
        else if (fallback !== undefined)
            args.set(name, args.expand(fallback, scope.escape));
    }
    return args;
}
/** The ARGs before the first FROM. */
function globalInstructions(instructions) {
    return instructions.slice(0, instructions.findIndex((each) => each.keyword === 'FROM'));
}
function declaredGlobally(instructions) {
    return globalInstructions(instructions).flatMap(({ words }) => words.map((word) => argOf(word).name));
}
const VOLATILE = 'its value is another one at every build';
function argOf(word) {
    const equals = word.indexOf('=');
    return equals === -1 ? { name: word } : { name: word.slice(0, equals), fallback: word.slice(equals + 1) };
}
function builderArgs() {
    return ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((part) => [`BUILD${part}`, undefined]);
}
function targetArgs(platform) {
    const [, os, arch, arm, variant] = PLATFORM.exec(platform) ?? [];
    const isKnown = os !== undefined;
    return [
        ['TARGETPLATFORM', isKnown ? platform : undefined],
        ['TARGETOS', os],
        // Older releases lack it.
        ['TARGETOSVERSION', undefined],
        ['TARGETARCH', arch ?? arm],
        ['TARGETVARIANT', isKnown ? (variant ?? '') : undefined],
    ];
}
/** Without a target, releases differ on whether it is the name of the last stage. */
function targetStage(instructions, scope) {
    const { target } = scope.question;
    const last = instructions.findLast((each) => each.keyword === 'FROM')?.words[2];
    return ['TARGETSTAGE', target ?? (last === undefined ? 'default' : undefined)];
}

// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(53916);
;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/mounts.ts


/** The mounts of a RUN; the last of several fields of one name counts. */
function mountsOf(run, environment, escape) {
    const expand = (value) => environment.expand(value, escape);
    return run.flags
        .filter((flag) => flag.name === 'mount')
        .map(({ value = '' }) => {
        const fields = (csvFields(value) ?? []).map(fieldOf);
        const type = expand(fields.findLast(({ key }) => key === 'type')?.value ?? 'bind');
        const last = (...keys) => fields.findLast(({ key }) => keys.includes(key))?.value;
        const id = last('id') ?? (0,posix_.basename)(last('target', 'dst', 'destination') ?? '');
        return { from: fromOf(fields), type, source: expand(last('source', 'src') ?? ''), id: expand(id) };
    });
}
/** What the mounts of a RUN start from; this needs no variables. */
function mountOrigins(run) {
    const mounts = run.flags.filter((flag) => flag.name === 'mount');
    return mounts.map(({ value = '' }) => fromOf((csvFields(value) ?? []).map(fieldOf)));
}
function fieldOf(field) {
    const equals = field.indexOf('=');
    return equals === -1
        ? { key: field.toLowerCase(), value: '' }
        : { key: field.slice(0, equals).toLowerCase(), value: field.slice(equals + 1) };
}
function fromOf(fields) {
    return fields.findLast(({ key }) => key === 'from')?.value ?? '';
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/graph.ts


/** The stages of a Dockerfile and how they hang together. */
class Graph {
    stages;
    contexts;
    #escape;
    constructor(stages, contexts, escape) {
        this.stages = stages;
        this.contexts = contexts;
        this.#escape = escape;
    }
    /** `args` are the global ones, which FROM is expanded with. */
    static of(instructions, args, options) {
        const { escape, contexts } = options;
        const stages = [];
        const byName = new Map();
        for (const [from, ...commands] of blocks(instructions)) {
            if (from === undefined)
                continue;
            const base = baseOf(from, args.expand(from.words[0] ?? '', escape), { byName, contexts });
            if ('message' in base)
                return base;
            const name = from.words[2]?.toLowerCase();
            const replacedBy = name === undefined ? undefined : contexts.forStage(name);
            const fired = onbuildsOf(base).flatMap((each) => each.trigger ?? []);
            const stage = {
                index: stages.length,
                from,
                base,
                fired,
                commands: [...fired, ...commands],
                ...(name !== undefined && { name }),
                ...(replacedBy !== undefined && { replacedBy }),
            };
            stages.push(stage);
            if (name !== undefined)
                byName.set(name, stage);
        }
        const graph = new Graph(stages, contexts, escape);
        return graph.#problem() ?? graph;
    }
    /** The stage that is built; BuildKit finds one by name only. */
    target(name) {
        return name === undefined ? this.stages.at(-1) : this.#named(name);
    }
    /** Where COPY --from or the `from` of a mount leads. `written` is not empty. */
    origin(written, isIndexed) {
        const stage = isIndexed && isIndex(written) ? this.stages[Number(written)] : this.#named(written);
        if (stage !== undefined)
            return stageOrigin(stage);
        return imageOrigin(written, this.contexts);
    }
    /** What a command takes from, other than the main context; in the order in which it is written. */
    origins(command) {
        if (command.keyword === 'COPY') {
            const from = copyFrom(command);
            return from === '' ? [] : [this.origin(from, true)];
        }
        if (command.keyword !== 'RUN')
            return [];
        return mountOrigins(command).flatMap((from) => (from === '' ? [] : [this.origin(from, false)]));
    }
    /** All stages that the roots need, themselves included, in the order of the file. */
    reachable(roots) {
        const found = new Set();
        const waiting = [...roots];
        for (let stage = waiting.pop(); stage !== undefined; stage = waiting.pop()) {
            if (found.has(stage) || stage.replacedBy !== undefined)
                continue;
            found.add(stage);
            const origins = [stage.base, ...stage.commands.flatMap((command) => this.origins(command))];
            for (const origin of origins) {
                if (origin.kind === 'stage')
                    waiting.push(origin.stage);
                // It may be any of those before.
                if (origin.kind === 'unknown')
                    waiting.push(...this.stages.slice(0, stage.index));
            }
            // A mount from nowhere counts as one from a stage `scratch`, if somebody called a stage that.
            const scratch = this.#named('scratch');
            if (scratch && stage.commands.some((command) => mountOrigins(command).includes('')))
                waiting.push(scratch);
        }
        return this.stages.filter((stage) => found.has(stage));
    }
    /** What BuildKit refuses of a stage that it builds. */
    problemOf(stage) {
        for (const command of stage.commands) {
            const { keyword, line } = command;
            if (this.origins(command).some((origin) => origin.kind === 'stage' && origin.stage.index >= stage.index)) {
                return {
                    line,
                    message: `${keyword} takes from a stage that does not come before its own; move that one up`,
                };
            }
        }
        const silent = onbuildsOf(stage.base).find((command) => command.trigger === undefined);
        return (silent && { line: silent.line, message: 'ONBUILD holds no instruction that can be read; correct it' });
    }
    #named(name) {
        return this.stages.findLast((stage) => stage.name === name.toLowerCase());
    }
    #problem() {
        for (const command of this.stages.flatMap((stage) => stage.commands)) {
            const from = command.keyword === 'COPY' ? copyFrom(command) : '';
            if (from === '')
                continue;
            const expanded = expandWord(from, new Map(), this.#escape);
            if ('problem' in expanded || expanded.text !== from) {
                const message = 'COPY --from takes no variables; name a stage with `FROM <image> AS <name>` and copy from that';
                return { line: command.line, message };
            }
            if (isIndex(from) && this.stages[Number(from)] === undefined) {
                return {
                    line: command.line,
                    message: `COPY --from=${from}: there is no such stage; they count from 0`,
                };
            }
        }
        return undefined;
    }
}
/** Empty: the main context. */
function copyFrom(copy) {
    return copy.flags.find((flag) => flag.name === 'from')?.value ?? '';
}
function isIndex(text) {
    return /^[+-]?[0-9]+$/.test(text);
}
/** Each FROM with what follows it. */
function blocks(instructions) {
    const found = [];
    for (const instruction of instructions) {
        if (instruction.keyword === 'FROM')
            found.push([instruction]);
        else
            found.at(-1)?.push(instruction);
    }
    return found;
}
/** Names of stages are lower case here, but what FROM says is not made so. */
function baseOf(from, expanded, known) {
    if ('why' in expanded)
        return { kind: 'unknown', why: expanded.why };
    const { text } = expanded;
    if (text === '') {
        const message = `FROM ${from.words[0] ?? ''}: the name is empty; give its arguments a default`;
        return { line: from.line, message };
    }
    const stage = known.byName.get(text);
    return stage === undefined ? imageOrigin(text, known.contexts) : stageOrigin(stage);
}
function stageOrigin(stage) {
    return stage.replacedBy === undefined
        ? { kind: 'stage', stage }
        : { kind: 'context', context: stage.replacedBy, name: stage.name ?? '', replaced: stage };
}
function imageOrigin(name, contexts) {
    if (name === 'scratch')
        return { kind: 'scratch' };
    const context = contexts.forImage(name);
    return context === undefined ? { kind: 'image', name } : { kind: 'context', context, name };
}
/** ONBUILD fires in the stages right above, even if a context replaces the stage that holds it. */
function onbuildsOf(base) {
    const stage = base.kind === 'stage' ? base.stage : base.kind === 'context' ? base.replaced : undefined;
    return (stage?.commands ?? []).filter((command) => command.keyword === 'ONBUILD');
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/part.ts

/** The part of a Dockerfile that one build reaches. */
class Part {
    #graph;
    #stages;
    #target;
    constructor(graph, stages, target) {
        this.#graph = graph;
        this.#stages = stages;
        this.#target = target;
    }
    /** Contexts that an image starts from, and so takes whole. */
    wholeContexts() {
        const bases = this.#stages.map(({ from, base }) => ({ line: from.line, base }));
        const { from, replacedBy, name = '' } = this.#target;
        if (replacedBy !== undefined) {
            bases.push({ line: from.line, base: { kind: 'context', context: replacedBy, name } });
        }
        return bases.flatMap(({ line, base }) => base.kind === 'context'
            ? [{ kind: 'bind', line, context: base.context, path: '', exclude: [], parents: false }]
            : []);
    }
    /** What makes it unknown what the build takes from any context. */
    doubts(declaredArgs) {
        const doubts = this.#stages.flatMap(({ from: { line }, base, fired }) => {
            const found = [];
            if (base.kind === 'unknown')
                found.push({ line, why: `it is not known what FROM names: ${base.why}` });
            if (base.kind === 'image' && base.name.includes('onbuild')) {
                found.push({ line, why: `\`${base.name}\` may hold ONBUILD instructions that take files` });
            }
            if (fired.some(({ keyword }) => keyword === 'ENV' || keyword === 'ARG')) {
                found.push({ line, why: 'BuildKit releases differ on whether ONBUILD of a stage fires in another' });
            }
            return found;
        });
        if (declaredArgs.has('BUILDKIT_SBOM_SCAN_CONTEXT')) {
            doubts.push({ line: 1, why: 'BUILDKIT_SBOM_SCAN_CONTEXT puts what lies in the context into the SBOM' });
        }
        return doubts;
    }
    /** Stages are told by their place among those that are reached, so that others may come and go. */
    definition(dockerfile, target) {
        const { escape, syntax, instructions } = dockerfile;
        const all = [
            ...(escape === '\\' ? [] : [`escape=${escape}`]),
            ...(syntax === undefined ? [] : [`syntax=${syntax}`]),
            ...(target === undefined ? [] : [`target=${target}`]),
            ...globalInstructions(instructions).flatMap((arg) => lines(arg)),
        ];
        for (const { from, base, commands } of this.#stages) {
            all.push(...lines(from), ...this.#pointer(base));
            for (const command of commands) {
                const pointers = this.#graph.origins(command).flatMap((origin) => this.#pointer(origin));
                all.push(...lines(command), ...pointers);
            }
        }
        return all;
    }
    references() {
        const { from, replacedBy } = this.#target;
        const target = replacedBy === undefined ? [] : [{ name: replacedBy, line: from.line, isNamedContext: true }];
        const others = this.#stages.flatMap((stage) => [
            ...reference(stage.base, stage.from.line),
            ...stage.commands.flatMap((command) => this.#graph.origins(command).flatMap((origin) => reference(origin, command.line))),
        ]);
        return [...target, ...others];
    }
    /** What the image is: the stage that is built, or what replaces it. */
    origin() {
        const { index, replacedBy } = this.#target;
        return replacedBy === undefined ? { kind: 'stage', index } : { kind: 'context', name: replacedBy };
    }
    /** Triggers of a stage fire in those that start from it, and no further. */
    hasTriggers() {
        const { commands, fired, replacedBy } = this.#target;
        return (replacedBy === undefined && commands.slice(fired.length).some(({ keyword }) => keyword === 'ONBUILD'));
    }
    #pointer(origin) {
        if (origin.kind === 'stage')
            return [`-> ${this.#stages.indexOf(origin.stage)}`];
        return origin.kind === 'context' ? [`-> context ${origin.context}`] : [];
    }
}
function lines({ text, heredocs }) {
    return [text, ...heredocs.map(({ name, content }) => `<<${name}\n${content}`)];
}
function reference(origin, line) {
    if (origin.kind === 'image')
        return [{ name: origin.name, line, isNamedContext: false }];
    return origin.kind === 'context' ? [{ name: origin.context, line, isNamedContext: true }] : [];
}

// EXTERNAL MODULE: ./src/fingerprint/dockerfile/layout.ts
var layout = __webpack_require__(39613);
;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/sources.ts

const SCP_STYLE = /^[a-zA-Z0-9-_]+@[a-zA-Z0-9-.]+:[^\n?]*$/;
/** Only what every URL parser takes; anything else counts as a path, which costs nothing if there is no such file. */
const GIT_URL = /^(?:ssh|git):\/\/[A-Za-z0-9._~@-]+(?::[0-9]+)?(?:\/[A-Za-z0-9._~@/-]*)?(?:#[A-Za-z0-9._~@:/-]*)?$/i;
/** Whether ADD fetches a source from elsewhere: a URL or a git reference, as BuildKit tells them from paths. */
function isRemote(source) {
    return /^https?:\/\//.test(source) || GIT_URL.test(source) || SCP_STYLE.test(source);
}
/** A path within a context, without slashes around it; what leads out of the context is held back at its root. */
function contextPath(source) {
    return (0,posix_.normalize)(`/${source}`).replace(/^\/+|\/+$/g, '');
}
/** The part of a source of `COPY --parents` before `/./` is not kept in the copy; the path is the same. */
function parentsPath(source) {
    const pivot = source.indexOf('/./');
    if (pivot === -1)
        return contextPath(source);
    const [parent, pattern] = [contextPath(source.slice(0, pivot)), contextPath(source.slice(pivot + 3))];
    return contextPath(`${parent}/${pattern}`);
}
/** The part before `/./` when it is a pattern. */
function openPivot(source) {
    const parent = source.slice(0, Math.max(source.indexOf('/./'), 0));
    return /[*?[]/.test(parent) ? contextPath(parent) : undefined;
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/walk.ts







/** Walks stages in the order of the file, so that each finds the variables of the one it starts from. */
class Walk {
    taken = [];
    undecided = [];
    declaredArgs = new Set();
    /** Ids; `undefined` stands for one that cannot be told. */
    secrets = new Set();
    problems = [];
    stages = [];
    #around;
    #variables = new Map();
    constructor(around) {
        this.#around = around;
    }
    stage(stage) {
        const variables = this.#inherited(stage.base);
        this.#variables.set(stage, variables);
        const steps = stage.commands.flatMap((command) => this.#command(command, variables));
        const { workdir } = variables;
        this.stages.push([stage.index, { base: (0,layout/* fromOf */.kL)(stage.base), steps, ...(workdir && { workdir }) }]);
    }
    #inherited(base) {
        const inherited = base.kind === 'stage' ? this.#variables.get(base.stage) : undefined;
        if (inherited) {
            const scope = inherited.scope.under(inherited.config);
            return { scope, config: inherited.config.copy(), workdir: inherited.workdir };
        }
        const config = base.kind === 'scratch' ? Environment.empty() : Environment.open(ofBase(base));
        if (base.kind === 'scratch')
            config.set('PATH', { why: 'BuildKit sets it' });
        return { scope: config.copy(), config, workdir: (0,layout/* workdirOf */.oG)((0,layout/* fromOf */.kL)(base)) };
    }
    #command(command, variables) {
        const { keyword, words } = command;
        if (keyword === 'COPY' || keyword === 'ADD')
            return this.#copy(command, variables);
        if (keyword === 'RUN')
            return this.#run(command, variables.scope);
        if (keyword === 'ENV')
            this.#env(command, variables);
        else if (keyword === 'ARG')
            for (const word of words)
                this.#arg(word, variables.scope);
        else if (keyword === 'WORKDIR')
            variables.workdir = this.#spot(words.at(-1) ?? '', variables);
        return [];
    }
    #spot(word, { scope, workdir }) {
        const path = scope.expand(word, this.#around.escape);
        return 'text' in path ? (0,layout/* spotAt */.AH)(workdir, path.text) : undefined;
    }
    /** All pairs are expanded before the first of them is set. */
    #env({ words }, variables) {
        const expanded = words.map((word) => variables.scope.expand(word, this.#around.escape));
        for (let at = 0; at + 1 < expanded.length; at += 3) {
            const [name, value] = [expanded[at], expanded[at + 1]];
            if (name === undefined || value === undefined)
                continue;
            for (const each of [variables.scope, variables.config]) {
                if ('text' in name)
                    each.set(name.text, value);
                else
                    each.setSome(name.why);
            }
        }
    }
    /** BuildKit takes the name as it stands; older releases expand it first. */
    #arg(word, scope) {
        const { name, fallback } = argOf(word);
        this.declaredArgs.add(name);
        const { buildArgs, volatileArgs } = this.#around.question;
        if (name.startsWith('BUILDKIT_SBOM_SCAN_'))
            return;
        if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) {
            scope.setSome(`BuildKit releases differ on what \`ARG ${word}\` means`);
            return;
        }
        const passed = buildArgs.get(name);
        const value = () => {
            if (volatileArgs.has(name))
                return { why: VOLATILE };
            if (passed !== undefined)
                return { text: passed };
            return fallback === undefined
                ? this.#around.globalArgs.get(name)
                : scope.expand(fallback, this.#around.escape);
        };
        const set = value();
        if (set !== undefined)
            scope.set(name, set);
    }
    #copy(command, variables) {
        const { keyword, flags, line } = command;
        const written = keyword === 'COPY' ? copyFrom(command) : '';
        const origin = written === '' ? undefined : this.#around.graph.origin(written, true);
        const context = origin && contextOf(origin);
        const from = origin === undefined ? { kind: 'context' } : (0,layout/* fromOf */.kL)(origin);
        const to = this.#spot(command.words.at(-1) ?? '', variables);
        const isFolder = /(?:^|\/)\.{0,2}$/.test(command.words.at(-1) ?? '') || command.words.length > 2;
        const isParents = hasParents(command);
        const isPartial = flags.some(({ name }) => name === 'exclude');
        const shared = { kind: 'copy', line, from, isParents, isPartial, isFolder, ...(to && { to }) };
        return command.words.slice(0, -1).flatMap((word) => {
            const heredoc = heredocOf(word);
            if (heredoc !== undefined && !('problem' in heredoc))
                return [];
            // Whatever its variables hold, it is fetched from elsewhere.
            if (keyword === 'ADD' && /^["']?https?:\/\//.test(word))
                return [];
            const source = variables.scope.expand(word, this.#around.escape);
            if (origin === undefined || context !== undefined) {
                if ('why' in source)
                    this.#doubt(line, source.why, context);
                else
                    this.#take(command, source.text, context);
            }
            if (!('text' in source))
                return [shared];
            // Of what stands before `/./` nothing is kept.
            const isKnown = !isParents || !source.text.includes('/./');
            return isRemote(source.text)
                ? []
                : [{ ...shared, ...(isKnown && { source: contextPath(source.text) }) }];
        });
    }
    #take(command, source, context) {
        const { line, keyword, flags } = command;
        if (isRemote(source)) {
            if (keyword === 'ADD')
                return;
            this.problems.push({ line, message: `COPY cannot fetch \`${source}\`; write ADD instead` });
            return;
        }
        const parents = hasParents(command);
        const kind = keyword === 'ADD' ? 'add' : 'copy';
        const where = { kind, line, ...(context !== undefined && { context }) };
        const exclude = flags.flatMap(({ name, value }) => name === 'exclude' && value !== undefined ? [value] : []);
        this.taken.push({ ...where, path: parents ? parentsPath(source) : contextPath(source), exclude, parents });
        // A file that a pattern before `/./` matches is copied, whatever follows.
        const pivot = parents ? openPivot(source) : undefined;
        if (pivot !== undefined)
            this.taken.push({ ...where, path: pivot, exclude: [], parents: false });
    }
    #run(command, scope) {
        const steps = [];
        for (const mount of mountsOf(command, scope, this.#around.escape)) {
            const origin = mount.from === '' ? undefined : this.#around.graph.origin(mount.from, false);
            const context = origin && contextOf(origin);
            const path = 'text' in mount.source ? contextPath(mount.source.text) : undefined;
            if (origin !== undefined)
                steps.push({ kind: 'mount', from: (0,layout/* fromOf */.kL)(origin), ...(path !== undefined && { source: path }) });
            if (origin !== undefined && context === undefined)
                continue;
            if ('why' in mount.type) {
                this.secrets.add(undefined);
                this.#doubt(command.line, mount.type.why, context);
                continue;
            }
            const type = mount.type.text.toLowerCase();
            if (type === 'secret')
                this.secrets.add('text' in mount.id ? mount.id.text : undefined);
            // A cache starts from what `from` names, but not from the main context.
            if (type !== 'bind' && !(type === 'cache' && context !== undefined))
                continue;
            if ('why' in mount.source) {
                this.#doubt(command.line, mount.source.why, context);
                continue;
            }
            const where = context === undefined ? {} : { context };
            const { line } = command;
            const taken = contextPath(mount.source.text);
            this.taken.push({ kind: 'bind', line, path: taken, exclude: [], parents: false, ...where });
        }
        return [...steps, { kind: 'run' }];
    }
    #doubt(line, why, context) {
        this.undecided.push({ line, why, ...(context !== undefined && { context }) });
    }
}
function hasParents({ flags }) {
    return flags.some(({ name, value }) => name === 'parents' && value?.toLowerCase() !== 'false');
}
function contextOf(origin) {
    return origin.kind === 'context' ? origin.context : undefined;
}
function ofBase(base) {
    if (base.kind === 'image' || base.kind === 'context')
        return `it may come from \`${base.name}\``;
    return 'it may come from the base image';
}

;// CONCATENATED MODULE: ./src/fingerprint/dockerfile/stages.ts







/** What a build takes from its contexts, and what defines it. `config-invalid` names the line of what BuildKit refuses. */
function analyze(dockerfile, question, file) {
    const undecided = undecidedOf(dockerfile, question);
    if (dockerfile.foreign !== undefined) {
        return (0,failure.ok)({ ...nothing(), undecided, definition: [dockerfile.foreign] });
    }
    const analyses = [];
    for (const platform of question.platforms) {
        const analysis = analyzeOne(dockerfile, question, platform);
        if ('message' in analysis) {
            const { line, message } = analysis;
            return (0,failure/* failed */.gz)({ kind: 'config-invalid', message, place: { file, line, column: 1 } });
        }
        analyses.push(analysis);
    }
    const all = united(question, analyses);
    return (0,failure.ok)({ ...all, undecided: [...undecided, ...all.undecided] });
}
function nothing() {
    return {
        taken: [],
        undecided: [],
        definition: [],
        declaredArgs: new Set(),
        references: [],
        layouts: [],
        hasTriggers: false,
        stageNames: new Set(),
    };
}
/** What puts all contexts in doubt, whatever is built. */
function undecidedOf(dockerfile, question) {
    const doubts = [...dockerfile.doubts];
    const syntax = question.buildArgs.get('BUILDKIT_SYNTAX')?.trim().split(' ')[0];
    if (question.volatileArgs.has('BUILDKIT_SYNTAX') || (syntax !== undefined && !isDockerSyntax(syntax))) {
        doubts.push({
            line: 1,
            why: 'BUILDKIT_SYNTAX names a frontend, and only that knows what this Dockerfile means',
        });
    }
    if (new context_names/* ContextNames */.K(question.namedContexts).isPartial) {
        doubts.push({ line: 1, why: 'a named context holds for one platform only' });
    }
    return inAllContexts(doubts, question);
}
function inAllContexts(doubts, question) {
    const contexts = [...question.namedContexts];
    return doubts.flatMap((doubt) => [doubt, ...contexts.map((context) => ({ ...doubt, context }))]);
}
function analyzeOne(dockerfile, question, platform) {
    const { escape, instructions } = dockerfile;
    const args = globalArgs(instructions, { question, escape }, platform);
    const graph = Graph.of(instructions, args, { escape, contexts: new context_names/* ContextNames */.K(question.namedContexts) });
    if ('message' in graph)
        return graph;
    const target = graph.target(question.target);
    if (target === undefined) {
        const names = graph.stages.flatMap((stage) => stage.name ?? []).join(', ') || 'none, as no stage has a name';
        return {
            line: 1,
            message: `there is no stage \`${question.target ?? ''}\`; set \`target\` to one of: ${names}`,
        };
    }
    const stages = graph.reachable([target, ...clocks(graph, args, question)]);
    const walk = new Walk({ graph, escape, globalArgs: args, question });
    for (const stage of stages)
        walk.stage(stage);
    const [problem] = [...stages.flatMap((stage) => graph.problemOf(stage) ?? []), ...walk.problems];
    if (problem !== undefined)
        return problem;
    const part = new Part(graph, stages, target);
    const declaredArgs = new Set([...walk.declaredArgs, ...declaredGlobally(instructions)]);
    return {
        taken: [...walk.taken, ...part.wholeContexts()],
        undecided: [...walk.undecided, ...inAllContexts(part.doubts(declaredArgs), question)],
        definition: part.definition(dockerfile, question.target),
        declaredArgs,
        ...secretsOf(walk.secrets),
        references: part.references(),
        layouts: [{ target: part.origin(), stages: walk.stages }],
        hasTriggers: part.hasTriggers(),
        stageNames: new Set(graph.stages.flatMap(({ name }) => name ?? [])),
    };
}
/** The time stamp of a stage can become that of the image. */
function clocks(graph, args, { buildArgs }) {
    const global = args.get('SOURCE_DATE_EPOCH');
    const name = buildArgs.get('SOURCE_DATE_EPOCH') ?? (global && 'text' in global ? global.text : undefined);
    return graph.stages.filter((stage) => stage.name !== undefined && stage.name === name?.toLowerCase());
}
function united(question, analyses) {
    const definitions = distinct(analyses.map(({ definition }) => definition));
    return {
        taken: distinct(analyses.flatMap(({ taken }) => taken)),
        undecided: distinct(analyses.flatMap(({ undecided }) => undecided)),
        definition: definitions.length === 1
            ? definitions.flat()
            : analyses.flatMap(({ definition }, at) => [
                `platform ${question.platforms[at] ?? ''}`,
                ...definition,
            ]),
        declaredArgs: new Set(analyses.flatMap(({ declaredArgs }) => [...declaredArgs])),
        ...secretsOf(new Set(analyses.flatMap(({ secrets }) => secrets ?? [undefined]))),
        references: distinct(analyses.flatMap(({ references }) => references)),
        layouts: distinct(analyses.flatMap(({ layouts }) => layouts)),
        hasTriggers: analyses.some(({ hasTriggers }) => hasTriggers),
        stageNames: new Set(analyses.flatMap(({ stageNames }) => [...stageNames])),
    };
}
function secretsOf(ids) {
    const known = [...ids].filter((id) => id !== undefined);
    return known.length === ids.size ? { secrets: known.sort() } : {};
}
function distinct(values) {
    return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

// EXTERNAL MODULE: ./src/fingerprint/ignore-file.ts
var ignore_file = __webpack_require__(48023);
// EXTERNAL MODULE: ./src/fingerprint/ignore-rules.ts
var ignore_rules = __webpack_require__(85430);
// EXTERNAL MODULE: ./src/fingerprint/ignore-pattern.ts
var ignore_pattern = __webpack_require__(94619);
// EXTERNAL MODULE: ./src/fingerprint/patterns.ts
var patterns = __webpack_require__(62757);
;// CONCATENATED MODULE: ./src/fingerprint/images.ts


/**
 * Images that a Dockerfile names, see `ImageInputs.images`; one that is named by its digest cannot move.
 * `config-invalid` for a tracked image that has the name of a stage: BuildKit would put what the image is pinned by, a
 * build context of its name, in place of that stage, too, and run none of its instructions.
 */
function imagesOf(service, { references, stageNames }) {
    const names = new Set();
    for (const { name: written, line, isNamedContext } of references) {
        if (isNamedContext || written.includes('@'))
            continue;
        const name = (0,context_names/* familiar */.c)(written);
        if (service.trackUpstream !== 'never' && stageNames.has(name)) {
            const message = `\`${service.name}\` tracks \`${written}\`, which cannot be pinned as a stage is called \`${name}\`, too; rename the stage, or name a tag of the image`;
            return (0,failure/* failed */.gz)({ kind: 'config-invalid', message, place: { file: service.file, line, column: 1 } });
        }
        names.add(name);
    }
    return (0,failure.ok)([...names].sort());
}

// EXTERNAL MODULE: ./src/fingerprint/view.ts
var view = __webpack_require__(25187);
// EXTERNAL MODULE: ./src/fingerprint/volatile.ts
var fingerprint_volatile = __webpack_require__(1854);
// EXTERNAL MODULE: ./src/fingerprint/wildcard.ts
var wildcard = __webpack_require__(32596);
;// CONCATENATED MODULE: ./src/fingerprint/recipe.ts











/** All files whose text a recipe is made from, whether they are there or not. */
function textPaths(service) {
    return [service.file, ...(0,ignore_file/* ignoreFilePaths */.Rx)(service), ...contextFolders(service).map(ignore_file/* ignoreFileOf */.kX)];
}
/** Reads the Dockerfile; `config-invalid` names the line that is wrong. */
function recipeOf(service, texts, platforms) {
    const dockerfile = parseDockerfile(texts.get(service.file) ?? '', service.file);
    if (!dockerfile.ok)
        return dockerfile;
    const { build } = service;
    const question = {
        ...(build.target !== undefined && { target: build.target }),
        buildArgs: new Map(Object.entries(build.buildArgs)),
        namedContexts: new Set(Object.keys(build.contexts)),
        platforms: build.platforms ?? platforms,
        volatileArgs: (0,fingerprint_volatile/* volatileArgs */.Q)(build),
    };
    const analysis = analyze(dockerfile.value, question, service.file);
    if (!analysis.ok)
        return analysis;
    return withSources(service, { dockerfile: dockerfile.value, analysis: analysis.value, texts });
}
function withSources(service, { dockerfile, analysis, texts }) {
    const isIgnored = (0,patterns/* inFolders */.vW)((0,patterns/* matcher */.jN)(service.ignore));
    const made = Object.keys(service.generated);
    const isNoInput = (path, mode) => isIgnored(path, mode) || made.some((one) => (0,view/* isWithin */.UO)(path, one));
    const isMade = ({ context, path }) => made.some((one) => mayMeet((0,view/* joined */.oR)(context, path), one));
    const sources = [];
    const notices = [];
    for (const context of contextsOf(service, analysis)) {
        const isMain = context.name === undefined;
        const ignoreFile = isMain ? (0,ignore_file/* ignoreFileInForce */.$Z)(service, texts) : (0,ignore_file/* ignoreFileOf */.kX)(context.folder);
        const rules = (0,ignore_file/* ignoreRulesIn */.DJ)(ignoreFile, texts);
        if (!rules.ok)
            return rules;
        const scope = { context: context.folder, rules: rules.value, isNoInput };
        const key = keyOf(service, context, ignoreFile);
        const doubts = [...context.doubts];
        for (const taken of context.taken) {
            const source = sourceOf(taken, scope);
            if (typeof source === 'string')
                doubts.push({ line: taken.line, why: source });
            else
                sources.push({ ...source, ...key(taken), line: taken.line, isMade: isMade(source) });
        }
        for (const { line, why } of doubts) {
            const whole = { ...scope, path: '', exclude: ignore_rules/* IgnoreRules */.w.NONE };
            sources.push({ ...whole, ...key(), line, isMade: false, isDoubt: true });
            notices.push(doubt(service, { context, line, why }));
        }
    }
    const { definition, declaredArgs, layouts, hasTriggers } = analysis;
    const { instructions } = dockerfile;
    const references = referencesOf(service, analysis);
    const images = imagesOf(service, analysis);
    if (!images.ok)
        return images;
    return (0,failure.ok)({
        ...{ definition, instructions, declaredArgs, sources, references, layouts, hasTriggers, notices },
        images: images.value,
        ...(analysis.secrets && { secrets: analysis.secrets }),
    });
}
/** Whether a source, and what is made at a path, can be one, or one a part of the other. */
function mayMeet(source, made) {
    const parts = made.split('/');
    return source
        .split('/')
        .slice(0, parts.length)
        .every((part, index) => {
        const name = parts[index] ?? '';
        if (part === '')
            return true;
        return (0,wildcard/* isWildcard */.z2)(part)
            ? (0,wildcard/* wildcard */.XQ)(part)?.test(name) !== false
            : (0,wildcard/* literalName */.xz)(part) === name || part === name;
    });
}
function contextsOf(service, { taken, undecided }) {
    const of = (name) => ({
        taken: taken.filter(({ context }) => context === name),
        doubts: undecided.filter(({ context }) => context === name),
    });
    const contexts = Object.entries(service.build.contexts).flatMap(([name, context]) => context.kind === 'folder' ? [{ folder: context.folder, name, ...of(name) }] : []);
    return [{ folder: service.context, ...of(undefined) }, ...contexts];
}
/** Folders of the named contexts. */
function contextFolders(service) {
    return Object.values(service.build.contexts).flatMap((context) => context.kind === 'folder' ? [context.folder] : []);
}
/** The source, or why it cannot be told what the instruction takes. */
function sourceOf({ kind, path, exclude, parents }, scope) {
    // A mount takes a name as it stands.
    if (kind === 'bind')
        return { ...scope, path: (0,wildcard/* quoted */.TL)(path), exclude: ignore_rules/* IgnoreRules */.w.NONE };
    const excluded = ignore_rules/* IgnoreRules */.w.ofFlags(exclude);
    if (excluded === undefined)
        return `it is not clear what \`--exclude=${exclude.join(' ')}\` leaves out`;
    if (path.split('/').some((part) => (0,wildcard/* isWildcard */.z2)(part) && (0,wildcard/* wildcard */.XQ)(part) === undefined))
        return `it is not clear what the pattern \`${path}\` matches`;
    const source = { ...scope, path, exclude: excluded };
    if (!parents)
        return source;
    const pattern = (0,ignore_pattern/* parsePattern */.E)(path);
    if (pattern === undefined || pattern.keeps)
        return `it is not clear what the pattern \`${path}\` matches`;
    return { ...source, parents: (candidate) => matchesAtOrAbove(pattern, candidate) };
}
function matchesAtOrAbove(pattern, path) {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
        if (pattern.matches(path.slice(0, end)))
            return true;
    return false;
}
/** What a source is known by: all that decides which files it takes, given the folder of its context. */
function keyOf(service, { folder, name }, ignoreFile) {
    return (taken) => ({
        key: JSON.stringify([
            ...[folder, ignoreFile, service.ignore, Object.keys(service.generated)],
            ...(taken === undefined ? [] : [taken.kind === 'bind', taken.path, taken.exclude, taken.parents]),
        ]),
        label: name === undefined ? '' : `context ${name}`,
    });
}
function referencesOf(service, { references }) {
    const used = references.filter(({ isNamedContext }) => isNamedContext).map(({ name }) => name);
    const entries = Object.entries(service.build.contexts).flatMap(([name, context]) => {
        if (context.kind === 'folder' || !used.includes(name))
            return [];
        return [[name, context.kind === 'image' ? `image:${context.image}` : context.reference]];
    });
    return Object.fromEntries(entries);
}
function doubt(service, of) {
    const { name, folder } = of.context;
    const which = name === undefined ? 'the whole context' : `the whole context \`${name}\``;
    const message = `\`${service.name}\`: ${of.why}; ${which} (\`${folder || '.'}\`) counts as its input`;
    return { message, place: { file: service.file, line: of.line, column: 1 } };
}


/***/ }),

/***/ 74122:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  L: () => (/* binding */ select_select)
});

// EXTERNAL MODULE: ./src/fingerprint/ignore-rules.ts
var ignore_rules = __webpack_require__(85430);
// EXTERNAL MODULE: ./src/fingerprint/encode.ts
var encode = __webpack_require__(99564);
// EXTERNAL MODULE: ./src/fingerprint/need.ts
var need = __webpack_require__(26698);
// EXTERNAL MODULE: ./src/fingerprint/view.ts
var view = __webpack_require__(25187);
;// CONCATENATED MODULE: ./src/fingerprint/left-out.ts

/** What keeps files of a source out. A submodule is left out as a whole only if nothing in it may be kept. */
class LeftOut {
    source;
    constructor(source) {
        this.source = source;
    }
    /** By the configuration. */
    isNoInput({ path, node }) {
        return this.source.isNoInput(this.inRepository(path), node.mode);
    }
    /** By the ignore file. */
    isDropped({ path, node }) {
        const { rules } = this.source;
        return path !== '' && rules.drops(path) && !(node.mode === view/* SUBMODULE */.NG && rules.mayKeepBelow(path));
    }
    /** By `--exclude`. */
    isExcluded(spot) {
        const readings = this.#readings(spot);
        const isExcluded = readings.length > 0 && readings.every((path) => this.source.exclude.drops(path));
        return isExcluded && !(spot.node.mode === view/* SUBMODULE */.NG && this.#mayTakeBelow(spot));
    }
    /** With all that is in it. */
    isWhole(folder) {
        if (this.isDropped(folder) && !this.source.rules.mayKeepBelow(folder.path))
            return true;
        return this.isExcluded(folder) && !this.#mayTakeBelow(folder);
    }
    /**
     * With `--parents`: it is not among what the instruction names. Behind a link paths are others, a part of a submodule
     * can be among it, and a link that a wildcard meets has a say in what is sent to the builder.
     */
    isOther({ path, links, node: { mode } }) {
        const { parents } = this.source;
        return parents !== undefined && links === 0 && mode !== view/* SUBMODULE */.NG && mode !== view/* LINK */.ps && !parents(path);
    }
    inRepository(path) {
        return (0,view/* joined */.oR)(this.source.context, path);
    }
    #mayTakeBelow(spot) {
        return this.#readings(spot).some((path) => this.source.exclude.mayKeepBelow(path));
    }
    /**
     * With `--parents` BuildKit holds the patterns against the path from the context on, or from `/./` on: out is only
     * what is so in every reading.
     */
    #readings({ path, within, links }) {
        if (this.source.parents === undefined)
            return within === '' ? [] : [within];
        const parts = links === 0 ? path.split('/').filter(Boolean) : [];
        return parts.map((_, start) => parts.slice(start).join('/'));
    }
}

// EXTERNAL MODULE: ./src/fingerprint/wildcard.ts
var wildcard = __webpack_require__(32596);
;// CONCATENATED MODULE: ./src/fingerprint/select.ts






/** BuildKit gives up after as many. */
const MOST_LINKS = 255;
/** Links that lead in circles can lead on for ever in ever other ways: after so many links, so many ways are gone. */
const FAR = 10;
const MOST_FAR_WAYS = 500;
/**
 * All that a source can take, links in its way and what they lead to included; a link within a copied folder is
 * copied as one. Where two readings of a path differ, what either takes is taken.
 */
async function select_select(source, view) {
    const selector = new Selector(source, view);
    await selector.reach({ folder: '', rest: source.path.split('/').filter(Boolean), links: 0 });
    const { entries, isFound, needs, isLost } = selector;
    if (!isLost)
        return { entries, isFound, needs };
    const { context, rules, isNoInput } = source;
    return select_select({ context, rules, isNoInput, path: '', exclude: ignore_rules/* IgnoreRules */.w.NONE }, view);
}
class Selector {
    entries = new Map();
    needs = new Set();
    isFound = false;
    /** Where the source leads cannot be told: the whole context is taken. */
    isLost = false;
    source;
    view;
    /** Ways that were gone already: links may lead in circles. */
    #gone = new Set();
    #farWays = 0;
    #leftOut;
    constructor(source, view) {
        this.source = source;
        this.view = view;
        this.#leftOut = new LeftOut(source);
    }
    async reach({ folder, rest, links }) {
        const [part, ...more] = rest;
        const key = JSON.stringify([folder, rest]);
        if (this.#gone.has(key) || this.isLost)
            return;
        this.#gone.add(key);
        if (links > FAR)
            this.isLost = ++this.#farWays > MOST_FAR_WAYS;
        const isOpen = this.source.parents !== undefined && part !== undefined && (0,wildcard/* isWildcard */.z2)(part);
        if (part === undefined || isOpen) {
            this.needs.add((0,need/* needOfNode */.w9)(this.#leftOut.inRepository(folder)));
            const node = await this.#node(folder);
            if (node?.mode !== view/* FOLDER */.L7)
                return;
            this.isFound = true;
            await this.#takeFolder({ path: folder, node, within: '', links });
        }
        else if (part === '..') {
            await this.reach({ folder: (0,view/* parted */.vx)(folder).parent, rest: more, links });
        }
        else {
            for (const name of await this.#names(folder, part)) {
                const path = (0,view/* joined */.oR)(folder, name);
                const found = await this.#node(path);
                const at = this.#leftOut.inRepository(path);
                this.needs.add(found?.mode === view/* FOLDER */.L7 ? (0,need/* needOfKind */.cU)(at) : (0,need/* needOfNode */.w9)(at));
                if (found === undefined)
                    continue;
                const spot = { path, node: found, within: '', links };
                const node = await this.#settled(spot);
                await this.#pass({ ...spot, node }, { folder, rest: more, links });
            }
        }
    }
    async #pass(spot, way) {
        const { mode, permissions } = spot.node;
        if (mode === view/* LINK */.ps) {
            this.#emit(spot);
            await this.#follow(spot, way);
        }
        else if (mode === view/* FOLDER */.L7) {
            // With `--parents` it is copied, too.
            if (this.source.parents !== undefined && permissions !== undefined)
                this.#add(spot);
            await this.reach({ ...way, folder: spot.path });
        }
        else if (way.rest.length === 0 || mode === view/* SUBMODULE */.NG) {
            // What lies in a submodule is known by the commit that it stands at.
            this.isFound = true;
            this.#emit(spot);
        }
    }
    async #follow({ path, node }, way) {
        if (way.links === MOST_LINKS)
            return;
        const target = await this.view.target(this.#leftOut.inRepository(path), node);
        const start = target.startsWith('/') ? '' : way.folder;
        const links = way.links + 1;
        const steps = target.split('/').filter((step) => step !== '' && step !== '.');
        const rest = [...steps.map(wildcard/* quoted */.TL), ...way.rest];
        await this.reach({ folder: start, rest, links });
        // The client sends what the text of the path leads to, the builder copies what the links in it lead to.
        const text = [...start.split('/').filter(Boolean).map(wildcard/* quoted */.TL), ...rest];
        if (text.includes('..'))
            await this.reach({ folder: '', rest: withoutDots(text), links });
    }
    async #takeFolder(folder) {
        if (this.#leftOut.isWhole(folder))
            return this.#leftOut.isNoInput(folder) ? 'none' : 'left';
        const children = [...((await this.#children(folder.path)) ?? [])];
        const ends = await Promise.all(children.map(([name, node]) => this.#takeChild(folder, name, node)));
        if (ends.includes('taken')) {
            if (folder.node.permissions !== undefined)
                this.#add(folder);
            return 'taken';
        }
        if (ends.length > 0 && !ends.includes('left'))
            return 'none';
        return this.#leftOut.isExcluded(folder) ? 'left' : this.#emit(folder);
    }
    async #takeChild({ path: folder, within, links }, name, node) {
        const child = { path: (0,view/* joined */.oR)(folder, name), node, within: (0,view/* joined */.oR)(within, name), links };
        const spot = { ...child, node: await this.#settled(child) };
        if (spot.node.mode === view/* FOLDER */.L7)
            return this.#takeFolder(spot);
        if (!this.#leftOut.isExcluded(spot))
            return this.#emit(spot);
        return this.#leftOut.isNoInput(spot) ? 'none' : 'left';
    }
    #emit(spot) {
        if (this.#leftOut.isNoInput(spot))
            return 'none';
        if (this.#leftOut.isOther(spot) || this.#leftOut.isDropped(spot))
            return 'left';
        this.#add(spot);
        return 'taken';
    }
    #add({ path, node }) {
        const { mode, permissions, absent } = node;
        this.entries.set(path, {
            path,
            mode: permissions === undefined ? mode : `${mode}/${permissions}`,
            id: this.#idOf(node),
            ...(absent !== undefined && { absent }),
        });
    }
    /** What of a submodule is left out is not known by its commit alone. */
    #idOf({ mode, id }) {
        const { lines } = this.source.rules;
        if (mode === view/* FOLDER */.L7)
            return '';
        return mode === view/* SUBMODULE */.NG && lines.length > 0 ? (0,encode/* digestOf */.ol)([id, ...lines]) : id;
    }
    /** A submodule that is left out is not looked into. */
    async #settled(spot) {
        const { node, path } = spot;
        const out = this.#leftOut;
        if (node.mode !== view/* SUBMODULE */.NG || out.isNoInput(spot) || out.isDropped(spot) || out.isExcluded(spot))
            return node;
        return this.view.submodule(out.inRepository(path), node);
    }
    /** Of a part that is no pattern both readings of a backslash: BuildKit's own programs do not agree. */
    async #names(folder, part) {
        if (!(0,wildcard/* isWildcard */.z2)(part))
            return new Set([part, (0,wildcard/* literalName */.xz)(part) || part]);
        const pattern = (0,wildcard/* wildcard */.XQ)(part);
        if (pattern === undefined)
            throw new Error(`not a pattern: ${part}`);
        this.needs.add((0,need/* needOfPattern */.iX)(this.#leftOut.inRepository(folder), part));
        const children = await this.#children(folder);
        this.isFound ||= children !== undefined;
        return [...(children ?? new Map()).keys()].filter((name) => pattern.test(name));
    }
    #children(folder) {
        return this.view.folder(this.#leftOut.inRepository(folder));
    }
    async #node(path) {
        return this.view.node(this.#leftOut.inRepository(path));
    }
}
/** Each `..` takes away what stands before it; more of them than that stay at the top. */
function withoutDots(path) {
    const kept = [];
    for (const part of path) {
        if (part === '..')
            kept.pop();
        else
            kept.push(part);
    }
    return kept;
}


/***/ }),

/***/ 56840:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ readTexts),
/* harmony export */   _: () => (/* binding */ pathsTo)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42891);
/* harmony import */ var _need_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26698);
/* harmony import */ var _view_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(25187);



const MOST_LINKS = 40;
/**
 * Texts of those of the files that are there, by path. A link is followed as BuildKit does it, which is within the
 * folder that the file is looked for in; one that leads out of it is a failure, `config-invalid`.
 */
async function readTexts(paths, view, git) {
    const files = await Promise.all([...new Set(paths)].map(async (path) => {
        const needs = [];
        return { path, needs, found: await follow(path, view, needs) };
    }));
    const known = files.flatMap(({ path, found }) => found.ok && found.value !== undefined ? [{ path, found: found.value }] : []);
    const failures = files.flatMap(({ path, found }) => (found.ok ? [] : [[path, found.failures]]));
    const blobs = known.map(({ found }) => found.node.id).filter((id) => id !== '');
    await git.prefetch([...new Set(blobs)]);
    const texts = await Promise.all(known.map(async ({ path, found }) => [path, await view.text(found.path, found.node)]));
    return {
        texts: new Map(texts),
        failures: new Map(failures),
        needs: new Map(files.map(({ path, needs }) => [path, needs])),
    };
}
/** The files themselves, and all that links in their place lead over. */
async function pathsTo(files, view) {
    const needs = [];
    await Promise.all(files.map((path) => follow(path, view, needs)));
    return [...files, ...needs.map(_need_js__WEBPACK_IMPORTED_MODULE_1__/* .placeOf */ .$t)];
}
async function follow(path, view, needs) {
    let at = path;
    for (let links = 0; links < MOST_LINKS && at !== undefined; links++) {
        needs.push((0,_need_js__WEBPACK_IMPORTED_MODULE_1__/* .needOfNode */ .w9)(at));
        const node = await view.node(at);
        if (node === undefined || node.mode === _view_js__WEBPACK_IMPORTED_MODULE_2__/* .SUBMODULE */ .NG || !/^1[02]/.test(node.mode))
            return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)(undefined);
        if (node.mode !== _view_js__WEBPACK_IMPORTED_MODULE_2__/* .LINK */ .ps)
            return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__.ok)({ path: at, node });
        at = ledTo(await view.target(at, node), { at, path });
    }
    return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)(leadingOut(path));
}
/** `undefined` where a link leads out; one of an absolute path is no matter of the repository. */
function ledTo(target, { at, path }) {
    if (target.startsWith('/'))
        return undefined;
    const parts = (0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .parted */ .vx)(at).parent.split('/').filter(Boolean);
    for (const part of target.split('/').filter((step) => step !== '' && step !== '.')) {
        if (part !== '..')
            parts.push(part);
        else if (parts.pop() === undefined)
            return undefined;
    }
    const end = parts.join('/');
    const { parent } = (0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .parted */ .vx)(path);
    return parent === '' || end.startsWith(`${parent}/`) ? end : undefined;
}
function leadingOut(path) {
    const message = `${path} is a link that leads out of ${(0,_view_js__WEBPACK_IMPORTED_MODULE_2__/* .parted */ .vx)(path).parent || 'the root'}, where Docker does not follow it; put the file there`;
    return { kind: 'config-invalid', message };
}


/***/ }),

/***/ 25187:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L7: () => (/* binding */ FOLDER),
/* harmony export */   NG: () => (/* binding */ SUBMODULE),
/* harmony export */   UO: () => (/* binding */ isWithin),
/* harmony export */   oR: () => (/* binding */ joined),
/* harmony export */   ps: () => (/* binding */ LINK),
/* harmony export */   uL: () => (/* binding */ pathsDownTo),
/* harmony export */   vx: () => (/* binding */ parted)
/* harmony export */ });
const FOLDER = '040000';
const LINK = '120000';
const SUBMODULE = '160000';
function parted(path) {
    const slash = path.lastIndexOf('/');
    return { parent: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}
/** Path of what lies at a path below a folder; `''` is the root, and the folder itself. */
function joined(folder, path) {
    if (folder === '' || path === '')
        return folder + path;
    return `${folder}/${path}`;
}
/** `a`, `a/b`, `a/b/c` of `a/b/c`. */
function pathsDownTo(path) {
    const parts = path.split('/').filter(Boolean);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
/** Whether a path is a folder or lies below it. */
function isWithin(path, folder) {
    return folder === '' || path === folder || path.startsWith(`${folder}/`);
}


/***/ }),

/***/ 1854:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ volatileArgs)
/* harmony export */ });
/** Build arguments whose value changes with every commit or run. */
const ALWAYS = ['GIT_COMMIT', 'BUILD_DATE', 'CACHE_BUST', 'SOURCE_DATE_EPOCH'];
/** Names of build arguments for which no image is rebuilt. */
function volatileArgs({ volatileArgs: configured }) {
    return new Set([...ALWAYS, ...configured]);
}


/***/ }),

/***/ 32596:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   XQ: () => (/* binding */ wildcard),
/* harmony export */   xz: () => (/* binding */ literalName),
/* harmony export */   z2: () => (/* binding */ isWildcard)
/* harmony export */ });
/*
 * Wildcards of COPY and ADD: each part of a path is compared by the rules of Go's filepath.Match, which is what
 * BuildKit documents for them.
 */
/** Whether a part of a path is a pattern; a backslash takes the meaning from what follows it. */
function isWildcard(part) {
    return /^(?:[^\\*?[]|\\.)*[*?[]/su.test(part);
}
/** A name as it stands on the disk, of a part that is no pattern; a backslash at its end is one before the `/`. */
function literalName(part) {
    return part.replace(/\\(.|$)/gsu, '$1');
}
/** Names as parts of a path that are no patterns. */
function quoted(path) {
    return path.replace(/[\\*?[]/g, String.raw `\$&`);
}
const CHARACTER = String.raw `(?:\\.|[^\]\\-])`;
const TOKEN = new RegExp(String.raw `\*|\?|\[\^?(?:${CHARACTER}(?:-${CHARACTER})?)+\]|\\.|[^*?[\\]`, 'suy');
/**
 * The pattern of one part of a path; `undefined` for what Go refuses, and for a class that would match the `/`
 * between two parts, as then parts cannot be compared one by one.
 */
function wildcard(part) {
    let source = '';
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < part.length) {
        const token = TOKEN.exec(part)?.[0];
        const piece = token && sourceOf(token);
        if (piece === undefined)
            return undefined;
        source += piece;
    }
    return new RegExp(`^${source}$`, 'u');
}
function sourceOf(token) {
    if (token === '*')
        return '[^/]*';
    if (token === '?')
        return '[^/]';
    if (token.startsWith('\\'))
        return escaped(token);
    return token.startsWith('[') && token.length > 1 ? classOf(token) : escaped(token);
}
function classOf(token) {
    if (token.startsWith('[^'))
        return undefined;
    const parts = [];
    for (const [, low = '', high = low] of token.slice(1, -1).matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu)) {
        const [first, last] = [codePoint(low), codePoint(high)];
        // Go takes a range that is the wrong way round for one that matches nothing.
        if (first > last)
            continue;
        if (first <= SLASH && SLASH <= last)
            return undefined;
        parts.push(`\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`);
    }
    return parts.length === 0 ? '(?!)' : `[${parts.join('')}]`;
}
const SLASH = 0x2f;
/** Of a character, with or without a backslash before it. */
function codePoint(character) {
    return character.replace(/^\\(?=.)/su, '').codePointAt(0) ?? 0;
}
function escaped(character) {
    return `\\u{${codePoint(character).toString(16)}}`;
}


/***/ }),

/***/ 35426:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GK: () => (/* binding */ AFRESH),
/* harmony export */   XR: () => (/* binding */ csvField),
/* harmony export */   rE: () => (/* binding */ withoutOptions)
/* harmony export */ });
/** Options of buildx that are one word; all others have their value in the next one. */
const WORDS = new Set(['--no-cache', '--pull']);
/** What makes a build run steps again that the builder has the results of. */
const AFRESH = ['--no-cache', '--pull', '--no-cache-filter'];
/** The options without all of these names, and without their values. */
function withoutOptions(options, names) {
    const isLeftOut = (option = '') => names.includes(option);
    return options.filter((option, index) => {
        const before = options[index - 1] ?? '';
        return !isLeftOut(option) && !(isLeftOut(before) && !WORDS.has(before));
    });
}
/** A field of buildx's lists, which are lines of CSV. */
function csvField(name, value) {
    const text = `${name}=${value}`;
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}


/***/ }),

/***/ 42891:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CD: () => (/* binding */ attempt),
/* harmony export */   NJ: () => (/* binding */ unless),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   cV: () => (/* binding */ Failed),
/* harmony export */   gz: () => (/* binding */ failed),
/* harmony export */   ok: () => (/* binding */ ok),
/* harmony export */   os: () => (/* binding */ unexpected),
/* harmony export */   wo: () => (/* binding */ demand)
/* harmony export */ });
function ok(value) {
    return { ok: true, value };
}
/** The value of a step that gathered its problems, if there were none. */
function unless(failures, value) {
    const [first, ...more] = failures;
    return first === undefined ? ok(value) : failed(first, ...more);
}
/** All that went wrong in one text, for a notice of what goes on without it. */
function textOf(failures) {
    return failures.map(({ message }) => message).join('; ');
}
/** What a throw from somewhere inside becomes at the edge. */
function unexpected(error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'unexpected', message };
}
function failed(failure, ...more) {
    return { ok: false, failures: [failure, ...more] };
}
/**
 * An expected failure on its way out of a recursion that could not go on without what it asked for. It never leaves
 * the stage: `attempt` turns it into a value.
 */
class Failed extends Error {
    failures;
    constructor(...failures) {
        super(textOf(failures));
        this.failures = failures;
    }
}
/** The value, or its failures thrown: only within `attempt`. */
function demand(result) {
    if (result.ok)
        return result.value;
    throw new Failed(...result.failures);
}
/** The value of some work, or the failure that it was thrown out of; a bug goes on. */
async function attempt(work) {
    try {
        return ok(await work());
    }
    catch (error) {
        if (error instanceof Failed)
            return { ok: false, failures: error.failures };
        throw error;
    }
}


/***/ }),

/***/ 91109:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ fingerprintTag)
/* harmony export */ });
/** The registry tag under which an image of this fingerprint is found. */
function fingerprintTag(digest, audience = 'all', kind = 'service') {
    const prefix = kind === 'base' ? 'lock' : 'fp';
    return `${audience === 'all' ? '' : 'pr-'}${prefix}-${digest.slice(0, 32)}`;
}


/***/ }),

/***/ 43582:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   XS: () => (/* binding */ TRIAL),
/* harmony export */   ff: () => (/* binding */ BUILT_AT),
/* harmony export */   lj: () => (/* binding */ FINGERPRINT),
/* harmony export */   sP: () => (/* binding */ REVISION),
/* harmony export */   we: () => (/* binding */ PARENTS)
/* harmony export */ });
/** Label of our images: the fingerprint of what is in them. */
const FINGERPRINT = 'smart-image-build.fingerprint';
/** OCI label of images: the commit that they were built from. */
const REVISION = 'org.opencontainers.image.revision';
/** Label of the containers in which images show that they work; a container has those of its image, too. */
const TRIAL = 'smart-image-build.trial';
/** Label of our images that tells when they were built, ISO 8601 in UTC. */
const BUILT_AT = 'smart-image-build.built-at';
/** Label of our images: a JSON object, name of a build context → digest of the image of ours that it was. */
const PARENTS = 'smart-image-build.parents';


/***/ }),

/***/ 67978:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hf: () => (/* binding */ isBuilding),
/* harmony export */   Yu: () => (/* binding */ isWanted),
/* harmony export */   on: () => (/* binding */ imagesBefore)
/* harmony export */ });
/** Names of the images of ours that must have ended before this one begins. */
function imagesBefore({ parents, service }) {
    const names = [...Object.values(parents), ...service.needs];
    return names.length < 2 ? names : [...new Set(names)];
}
/** Whether anything is to be built. */
function isBuilding(images) {
    return images.some(({ decision }) => decision.kind === 'rebuild');
}
/** Whether a new image is wanted even where one of this content exists. */
function isWanted({ decision }) {
    if (decision.kind !== 'rebuild')
        return false;
    return decision.reasons.some((reason) => ['forced', 'expired', 'untracked-input'].includes(reason.kind) ||
        (reason.kind === 'base' && reason.isAnew === true));
}


/***/ }),

/***/ 6968:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ isUpkeep),
/* harmony export */   m: () => (/* binding */ SHORT_FOR_LONG)
/* harmony export */ });
/** Unless a bound is set, so many short builds may be under way in place of one that takes longer. */
const SHORT_FOR_LONG = 8;
/** Whether this run is the one that looks after what no commit changed: a `schedule`, or a dispatch on the default branch. */
function isUpkeep({ trigger, ref, defaultBranch }) {
    const isOnDefault = defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`;
    return trigger.kind === 'schedule' || (trigger.kind === 'dispatch' && isOnDefault);
}


/***/ }),

/***/ 41674:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ fullName)
/* harmony export */ });
function fullName(image) {
    return image.registry === undefined ? image.repository : `${image.registry}/${image.repository}`;
}


/***/ }),

/***/ 68787:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G1: () => (/* binding */ cutToWidth),
/* harmony export */   cw: () => (/* binding */ headOfWidth),
/* harmony export */   sc: () => (/* binding */ textWidth)
/* harmony export */ });
/** Narrow forms among the scripts below: half-width Katakana and Hangul. */
const NARROW = /[\uff61-\uffdc\uffe8-\uffee]/u;
/** What Unicode's UAX #11 calls wide or full-width, as near as scripts tell it. */
const WIDE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
/** Drawn onto the character before. */
const COMBINING = /[\p{Mn}\p{Me}]/u;
/** Columns that text without controls takes at a terminal. */
function textWidth(text) {
    // Names and paths are mostly ASCII, of which a table has a thousand lines.
    if (/^[ -~]*$/.test(text))
        return text.length;
    return Array.from(text).reduce((sum, character) => sum + characterWidth(character), 0);
}
/** The beginning of a text that fits so many columns; one that is cut ends with `…`. */
function cutToWidth(text, columns) {
    return textWidth(text) <= columns ? text : `${headOfWidth(text, columns - 1)}…`;
}
/** The longest beginning that takes no more columns than that. */
function headOfWidth(text, columns) {
    let head = '';
    let width = 0;
    for (const character of text) {
        width += characterWidth(character);
        if (width > columns)
            break;
        head += character;
    }
    return head;
}
function characterWidth(character) {
    if (COMBINING.test(character))
        return 0;
    return WIDE.test(character) && !NARROW.test(character) ? 2 : 1;
}


/***/ }),

/***/ 37203:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./src/config/request.ts + 5 modules
var config_request = __webpack_require__(84770);
// EXTERNAL MODULE: ./src/model/failure.ts
var model_failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/model/plan.ts
var model_plan = __webpack_require__(67978);
// EXTERNAL MODULE: ./src/fingerprint/view.ts
var fingerprint_view = __webpack_require__(25187);
;// CONCATENATED MODULE: ./src/fingerprint/advice-lines.ts

/** Of what is advised for its name alone, so much is worth a line. */
const WORTHWHILE_BYTES = 1_000_000;
/** So many lines a person reads. */
const MOST_LINES = 20;
/** What tools and tests have in their folders. */
const USUAL_FOLDERS = new Set([
    ...['node_modules', 'bower_components', 'target', 'dist', 'build', '.venv', 'venv', '__pycache__', '.tox'],
    ...[
        '.gradle',
        '.terraform',
        '.next',
        '.cache',
        'coverage',
        'test',
        'tests',
        '__tests__',
        'e2e',
        'testdata',
    ],
]);
const USUAL_FILE = /\.log$/;
/**
 * Lines for the ignore file that leave out what is seldom wanted and nothing else that is sent, the most first. Whether a
 * step of the build reads it no rule can tell.
 */
function adviseLines(sent, grounds) {
    const parts = partsOf(sent, grounds).filter(({ path, kind, bytes }) => (kind !== 'usual' || bytes >= WORTHWHILE_BYTES) && !grounds.isNamed(path) && isDroppable(path, grounds));
    return merged(parts, grounds)
        .sort((a, b) => b.bytes - a.bytes)
        .slice(0, MOST_LINES);
}
function total(extents) {
    let [bytes, files] = [0, 0];
    for (const extent of extents) {
        bytes += extent.bytes;
        files += extent.files;
    }
    return { bytes, files };
}
/** Each file is in one part at most. */
function partsOf(sent, grounds) {
    const parts = new Map();
    for (const one of sent) {
        const found = partOf(one.path, grounds);
        if (found === undefined)
            continue;
        const sum = total([parts.get(found.path) ?? { bytes: 0, files: 0 }, one]);
        parts.set(found.path, { ...found, ...sum });
    }
    return [...parts.values()];
}
function partOf(path, { ignoredFrom }) {
    if (path === '.git')
        return { path, kind: 'repository' };
    const ignored = ignoredFrom(path);
    if (ignored !== undefined)
        return { path: ignored, kind: 'ignored' };
    const paths = (0,fingerprint_view/* pathsDownTo */.uL)(path);
    const folder = paths.slice(0, -1).find((one) => USUAL_FOLDERS.has(nameOf(one)));
    const usual = folder ?? (USUAL_FILE.test(path) ? path : undefined);
    return usual === undefined ? undefined : { path: usual, kind: 'usual' };
}
function isDroppable(path, { rules }) {
    return rules.with([lineOf(path)])?.drops(path) === true;
}
/** One line for all that have the same name, where everything of that name is meant. */
function merged(parts, { everything }) {
    const byName = new Map();
    for (const part of parts) {
        const key = JSON.stringify([part.kind, nameOf(part.path)]);
        byName.set(key, [...(byName.get(key) ?? []), part]);
    }
    return [...byName.values()].flatMap((group) => {
        const [{ path, kind } = { path: '', kind: 'usual' }] = group;
        const name = nameOf(path);
        if (group.length > 1 && areAll(group, name, everything))
            return [{ line: `**/${lineOf(name)}`, kind, ...total(group) }];
        return group.map(({ path: one, bytes, files }) => ({ line: lineOf(one), kind, bytes, files }));
    });
}
function areAll(group, name, everything) {
    for (const path of everything)
        for (const above of (0,fingerprint_view/* pathsDownTo */.uL)(path))
            if (nameOf(above) === name && !group.some((part) => (0,fingerprint_view/* isWithin */.UO)(above, part.path)))
                return false;
    return true;
}
function nameOf(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/** A path as a pattern that means it alone; what no pattern can mean is found out by trying. */
function lineOf(path) {
    return path.replace(/[*?[\\+(){}|^]|^[!#]/g, String.raw `\$&`);
}

// EXTERNAL MODULE: ./src/fingerprint/disk-view.ts
var disk_view = __webpack_require__(32485);
// EXTERNAL MODULE: ./src/fingerprint/ignore-file.ts
var ignore_file = __webpack_require__(48023);
// EXTERNAL MODULE: ./src/fingerprint/ignore-pattern.ts
var ignore_pattern = __webpack_require__(94619);
// EXTERNAL MODULE: ./src/fingerprint/ignore-rules.ts
var ignore_rules = __webpack_require__(85430);
// EXTERNAL MODULE: ./src/fingerprint/inspect.ts
var inspect = __webpack_require__(35184);
// EXTERNAL MODULE: ./src/fingerprint/recipe.ts + 23 modules
var recipe = __webpack_require__(69546);
// EXTERNAL MODULE: ./src/fingerprint/select.ts + 1 modules
var fingerprint_select = __webpack_require__(74122);
// EXTERNAL MODULE: ./src/fingerprint/texts.ts
var fingerprint_texts = __webpack_require__(56840);
// EXTERNAL MODULE: ./src/fingerprint/wildcard.ts
var wildcard = __webpack_require__(32596);
;// CONCATENATED MODULE: ./src/fingerprint/advice.ts












/** How many of the largest are named. */
const SHOWN = 5;
/**
 * What builds of the named images send to the builder, and what of that an ignore file could leave out. BuildKit sends
 * what the sources of COPY, ADD and bind mounts lead to and the ignore file leaves in; what `--exclude`, `ignore` and
 * `generated` take out is sent, and so is `.git`. The disk is what counts here, whatever the commit has.
 */
async function advise(services, names, options) {
    return (0,model_failure/* attempt */.CD)(async () => {
        const { git } = options;
        const contexts = await contextsOf(services, options);
        const ignoredFrom = ignoredBy((0,model_failure/* demand */.wo)(await git.files()));
        const advice = [];
        for (const context of contexts) {
            const takers = context.takers.filter(({ service }) => names.has(service.name));
            if (takers.length > 0)
                advice.push(await adviceFor(context, takers, { git, ignoredFrom }));
        }
        return advice;
    });
}
async function contextsOf(services, options) {
    const { git, platform, opened } = options;
    const view = new disk_view/* DiskView */.V(git, { opened });
    const { texts } = await (0,fingerprint_texts/* readTexts */.Z)(services.flatMap(recipe/* textPaths */.iD), view, git);
    const selections = new Map();
    const contexts = new Map();
    for (const service of services) {
        for (const source of (0,model_failure/* demand */.wo)((0,recipe/* recipeOf */.Sx)(service, texts, [platform])).sources) {
            const { context: folder, rules, label } = source;
            const ignoreFile = label === '' ? (0,ignore_file/* ignoreFileInForce */.$Z)(service, texts) : (0,ignore_file/* ignoreFileOf */.kX)(folder);
            const key = JSON.stringify([folder, ignoreFile]);
            const sourceKey = JSON.stringify([key, source.path, source.parents !== undefined]);
            const paths = selections.get(sourceKey) ?? sentFor(source, view, git);
            selections.set(sourceKey, paths);
            const { takers = [] } = contexts.get(key) ?? {};
            const taker = { service, source, paths: await paths };
            contexts.set(key, { folder, ignoreFile, rules, takers: [...takers, taker] });
        }
    }
    return [...contexts.values()];
}
/** What is taken out of a source after it was sent counts here. */
async function sentFor(source, view, git) {
    const { entries } = await (0,fingerprint_select/* select */.L)({ ...source, exclude: ignore_rules/* IgnoreRules */.w.NONE, isNoInput: () => false }, view);
    const paths = [...entries.values()].filter(inspect/* isFile */.fo).map(({ path }) => path);
    const isWanted = reachesGit(source) && !source.rules.drops('.git');
    const isThere = isWanted && (await git.look([(0,fingerprint_view/* joined */.oR)(source.context, '.git')])).size > 0;
    return new Set(isThere ? [...paths, '.git'] : paths);
}
/** A source that is the context itself, or a pattern that `.git` fits. */
function reachesGit({ path }) {
    const [first = ''] = path.split('/');
    return path === '' || path === '.git' || ((0,wildcard/* isWildcard */.z2)(first) && (0,wildcard/* wildcard */.XQ)(first)?.test('.git') === true);
}
async function adviceFor({ folder, ignoreFile, rules, takers: all }, takers, { git, ignoredFrom }) {
    const sent = await measured(folder, union(takers), git);
    const unclear = all.find(({ source }) => source.isDoubt);
    const lines = unclear === undefined
        ? adviseLines(sent, {
            rules,
            ignoredFrom: (path) => below(folder, ignoredFrom((0,fingerprint_view/* joined */.oR)(folder, path))),
            isNamed: namedBy(all, rules),
            everything: union(all),
        })
        : [];
    const without = rules.with(lines.map(({ line }) => line)) ?? rules;
    return {
        images: [...new Set(takers.map(({ service }) => service.name))],
        ...{ context: folder, ignoreFile, lines },
        sent: total(sent),
        largest: largest(sent),
        left: total(sent.filter(({ path }) => !without.drops(path))),
        ...(unclear && { unclear: { file: unclear.service.file, line: unclear.source.line ?? 1 } }),
    };
}
async function measured(folder, paths, git) {
    const sizes = await git.extentsOnDisk([...paths].map((path) => (0,fingerprint_view/* joined */.oR)(folder, path)));
    return [...paths].map((path) => ({ path, ...(sizes.get((0,fingerprint_view/* joined */.oR)(folder, path)) ?? total([])) }));
}
function union(takers) {
    const [first, ...others] = new Set(takers.map(({ paths }) => paths));
    if (others.length === 0)
        return first ?? new Set();
    const all = new Set(first);
    for (const paths of others)
        for (const path of paths)
            all.add(path);
    return all;
}
function largest(sent) {
    const tops = new Map();
    for (const one of sent) {
        const [top = ''] = one.path.split('/');
        const within = tops.get(top);
        if (within === undefined)
            tops.set(top, [one]);
        else
            within.push(one);
    }
    return [...tops]
        .map(([path, within]) => ({ path, ...total(within) }))
        .sort((a, b) => b.bytes - a.bytes)
        .slice(0, SHOWN);
}
/** Whether a source other than a folder above takes something there, the ignore file keeps it, or an earlier step makes it. */
function namedBy(takers, rules) {
    const sources = takers.map(({ source, paths }) => {
        const broad = broadFolder(source.path);
        // Of the context itself nothing is named.
        return { broad, covered: broad === '' ? new Set() : withFolders(paths) };
    });
    const kept = rules.lines.flatMap((line) => {
        const pattern = (0,ignore_pattern/* parsePattern */.E)(line);
        return pattern?.keeps ? [pattern] : [];
    });
    const made = takers.flatMap(({ service, source }) => Object.keys(service.generated).flatMap((path) => below(source.context, path) ?? []));
    return (path) => sources.some(({ broad, covered }) => covered.has(path) && !(broad !== undefined && isAbove(broad, path))) ||
        kept.some(({ matches, start }) => matches(path) || start.startsWith(`${path}/`)) ||
        made.some((one) => (0,fingerprint_view/* isWithin */.UO)(one, path) || (0,fingerprint_view/* isWithin */.UO)(path, one));
}
/** The folder that a source takes with all that is in it; `undefined` for a pattern that says more than `*` at its end. */
function broadFolder(path) {
    const folder = path.replace(/(?:^|\/)\*$/, '');
    return folder.split('/').some(wildcard/* isWildcard */.z2) ? undefined : folder;
}
function isAbove(folder, path) {
    return path.startsWith(`${folder}/`);
}
function withFolders(paths) {
    return new Set([...paths].flatMap(fingerprint_view/* pathsDownTo */.uL));
}
/** A path of the repository as one of a folder; `undefined` outside of it, and for the folder itself. */
function below(folder, path) {
    if (path === undefined || path === folder || !(0,fingerprint_view/* isWithin */.UO)(path, folder))
        return undefined;
    return folder === '' ? path : path.slice(folder.length + 1);
}
/** `known`: all files that are tracked or could be. */
function ignoredBy(known) {
    const files = new Set(known.map((path) => path.replace(/\/$/, '')));
    const folders = new Set([...files].flatMap((path) => (0,fingerprint_view/* pathsDownTo */.uL)(path).slice(0, -1)));
    return (path) => {
        for (const above of (0,fingerprint_view/* pathsDownTo */.uL)(path)) {
            // A submodule, or a repository within, is known as one.
            if (files.has(above))
                return undefined;
            if (!folders.has(above))
                return above;
        }
        return undefined;
    };
}

// EXTERNAL MODULE: ./src/report/status.ts
var report_status = __webpack_require__(16934);
// EXTERNAL MODULE: ./src/pipeline/inputs.ts + 2 modules
var inputs = __webpack_require__(549);
// EXTERNAL MODULE: ./src/pipeline/job.ts
var pipeline_job = __webpack_require__(38929);
;// CONCATENATED MODULE: ./src/pipeline/advise.ts






/** So much that is sent, and that an ignore file could keep back, is worth a notice. */
const NOTABLE_BYTES = 50_000_000;
/** What `plan --advise` adds to a plan: about every image that was asked for, whatever was decided. */
async function adviceOn(planned, run) {
    if (!run.request.advise)
        return (0,model_failure.ok)({});
    if (!(await run.ports.git.hasWorkTree()))
        return (0,model_failure/* failed */.gz)({ kind: 'usage', message: '`--advise` looks at files, and none are checked out here' });
    const asked = planned.plan.images.filter(({ decision }) => decision.kind !== 'skip');
    const advice = await look(new Set(asked.map(({ service }) => service.name)), planned, run);
    return advice.ok ? (0,model_failure.ok)({ advice: advice.value }) : advice;
}
/**
 * One notice for each image whose build was sent much that its commit has nothing of. Only where a build was sent so much
 * at all are its contexts looked at once more.
 */
async function contextNotices(outcomes, planned, run) {
    for (const outcome of outcomes) {
        if (outcome.kind !== 'built' || outcome.status.contextBytes < NOTABLE_BYTES)
            continue;
        const { name } = outcome.image.service;
        const advice = await look(new Set([name]), planned, run);
        const message = advice.ok
            ? sentText(name, outcome.status.contextBytes, advice.value)
            : `What of the build context of \`${name}\` could be left out is not known: ${(0,model_failure/* textOf */.b6)(advice.failures)}`;
        if (message !== undefined)
            (0,pipeline_job/* notify */.me)(run, { message });
    }
}
/** `undefined` where all that was sent may be wanted: what is only usual is for those to hear who ask. */
function sentText(name, sentBytes, advice) {
    const contexts = advice.map(({ ignoreFile, lines }) => ({
        ignoreFile,
        ...total(lines.filter(({ kind }) => kind !== 'usual')),
    }));
    const needless = contexts.filter(({ bytes }) => bytes > 0);
    const { bytes } = total(needless);
    if (bytes < NOTABLE_BYTES)
        return undefined;
    const files = needless.map(({ ignoreFile }) => `\`${ignoreFile}\``).join(', ');
    return `\`${name}\` was sent ${(0,report_status/* byteText */.aC)(sentBytes)} of its build context, where ${(0,report_status/* byteText */.aC)(bytes)} are what git ignores or its own folder; \`smart-image-build plan --advise ${name}\` says which lines of ${files} leave them out`;
}
function look(names, { plan, opened }, run) {
    const services = plan.images.map(({ service }) => service);
    return advise(services, names, { ...(0,inputs/* readingOf */.MU)(run), opened });
}

// EXTERNAL MODULE: ./src/execute/deliver.ts
var deliver = __webpack_require__(47958);
;// CONCATENATED MODULE: ./src/execute/full-disk.ts
const MIB = 1024 * 1024;
/** What a person can do when builds failed for want of room: one notice, however many did. */
function fullDisk(outcomes) {
    const full = outcomes.flatMap(({ image, ...outcome }) => {
        if (outcome.kind !== 'failed' || outcome.failure.kind !== 'build-failed')
            return [];
        return outcome.failure.cause === 'disk' ? [{ name: image.service.name, free: outcome.failure.free }] : [];
    });
    if (full.length === 0)
        return undefined;
    const names = full.map(({ name }) => `\`${name}\``).join(', ');
    const free = full.find((one) => one.free !== undefined)?.free;
    const left = free === undefined ? '' : ` (${Math.floor(free.bytes / MIB)} MiB are left in ${free.folder})`;
    const mend = '`docker system df` shows what takes it, `docker buildx prune` and `docker image prune` free it, and fewer builds at once (max-parallel) need less';
    return { message: `No space was left to build ${names}${left}: ${mend}.` };
}

;// CONCATENATED MODULE: ./src/execute/gathering.ts
/** How long a build that is ready waits for others. */
const PATIENCE_MS = 1000;
/**
 * Lets builds that become ready together be asked for in one turn of the event loop, which a builder may carry out as
 * one. Whoever is ready waits for all others whose work has begun and that are not building; none waits for ever.
 */
class Gathering {
    clock;
    /** How many neither wait nor build: they ask a registry, deliver, record. */
    #busy = 0;
    #ready = [];
    #patience = new AbortController();
    constructor(clock) {
        this.clock = clock;
    }
    /** Does the whole work on one image, which has its builds met by others. */
    async join(work) {
        this.#busy++;
        try {
            return await work((build) => this.#meet(build));
        }
        finally {
            this.#busy--;
            this.#openIfAllAreReady();
        }
    }
    async #meet(build) {
        this.#busy--;
        await new Promise((resolve) => {
            this.#ready.push(resolve);
            this.#openIfAllAreReady();
            if (this.#ready.length === 1)
                void this.#openInTime(this.#ready);
        });
        try {
            return await build();
        }
        finally {
            this.#busy++;
        }
    }
    #openIfAllAreReady() {
        if (this.#busy === 0)
            this.#open();
    }
    async #openInTime(ready) {
        await this.clock.pause(PATIENCE_MS, this.#patience.signal);
        if (this.#ready === ready)
            this.#open();
    }
    #open() {
        this.#patience.abort();
        this.#patience = new AbortController();
        const ready = this.#ready;
        this.#ready = [];
        for (const go of ready)
            go();
    }
}

// EXTERNAL MODULE: ./src/execute/build.ts + 1 modules
var build = __webpack_require__(75096);
// EXTERNAL MODULE: ./src/model/service.ts
var model_service = __webpack_require__(41674);
;// CONCATENATED MODULE: ./src/execute/health.ts



/** How many lines of a log an annotation shows. */
const TAIL = 20;
/**
 * Has a new image show that it works. `build-failed`, with the log of its container, when it does not answer; then it has
 * no tag but that of its trial.
 */
async function tryOut(image, unproven, execution) {
    const { health, name } = image.service;
    if (health === undefined)
        return (0,model_failure.ok)(undefined);
    const { port, path, timeoutMs } = health;
    const reference = referenceOf(image, unproven);
    const { containers, signal, on } = execution;
    const line = `trying it: ${path} at port ${port} is to answer within ${timeoutMs / 1000} s`;
    on({ kind: 'build-progress', service: name, line, isOutput: false });
    const ended = await containers.attempt({ image: reference, port, path, timeoutMs, signal });
    if (ended.ok && ended.value.kind === 'answered')
        return (0,model_failure.ok)(undefined);
    await forget(reference, execution);
    if (!ended.ok)
        return ended;
    return (0,model_failure/* failed */.gz)(sick(name, health, ended.value));
}
/** Gives an image that has shown that it works its fingerprint's tag, the first one by which others find it. */
async function accept(image, unproven, execution) {
    if (image.service.health === undefined)
        return (0,model_failure.ok)(undefined);
    const { registry, engine, audience, suffix = '', request } = execution;
    const { digest, isLoaded } = unproven;
    const tag = `${(0,build/* tagOf */.cO)(image, audience)}${suffix}`;
    const reference = referenceOf(image, unproven);
    if (digest !== undefined) {
        // What is loaded, too, is pulled by this very reference.
        if (!request.load)
            await forget(reference, execution);
        const { refused } = await registry.point(image.service.image, digest, [tag]);
        const [refusal] = refused;
        return refusal === undefined ? (0,model_failure.ok)(undefined) : (0,model_failure/* failed */.gz)(refusal.failure);
    }
    const tagged = isLoaded
        ? await engine.tag(reference, [`${(0,model_service/* fullName */.f)(image.service.image)}:${tag}`])
        : (0,model_failure.ok)(undefined);
    await forget(reference, execution);
    return tagged;
}
function referenceOf(image, { digest }) {
    const name = (0,model_service/* fullName */.f)(image.service.image);
    return digest === undefined ? `${name}:${(0,build/* trialTag */.f1)(image) ?? ''}` : `${name}@${digest}`;
}
function sick(service, { port, path, timeoutMs }, { problem, log }) {
    const asked = `${path} at port ${port} did not answer within ${timeoutMs / 1000} s`;
    const message = `\`${service}\` was built, but does not work: ${asked} (${problem}); it gets no tag`;
    return { kind: 'build-failed', message, cause: 'code', log, tail: log.slice(-TAIL) };
}
/** The engine had it for its trial alone. */
async function forget(reference, { engine, notify }) {
    const removed = await engine.remove(reference);
    if (removed.ok)
        return;
    const problem = (0,model_failure/* textOf */.b6)(removed.failures);
    notify({ message: `${reference}, which was started to see whether it works, stays in Docker: ${problem}` });
}

// EXTERNAL MODULE: ./src/model/buildx-options.ts
var buildx_options = __webpack_require__(35426);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./src/execute/layer-cache.ts



const NO_LAYER_CACHING = {
    cache: { kind: 'none', isWritten: false },
    ...{ branches: [], images: new Map(), readOnly: new Set() },
};
/**
 * How long BuildKit goes on asking a service that answers 429, which a build waits for. No transfer is cut off by it
 * (tonistiigi/go-actions-cache, `doWithRetries`).
 */
const PATIENCE = '5s';
/**
 * The options of buildx that read and write the layers of one image. A cache that fails does not fail the build:
 * `ignore-error`, and reading only warns (BuildKit's documentation of cache backends).
 */
function layerCacheOptions(service, place) {
    const { cache } = place;
    // What the configuration says of one image stands in place of what is said for all.
    const [from, to] = [
        service.build.cacheFrom.length > 0 ? [] : sources(service, place),
        service.build.cacheTo.length > 0 || !cache.isWritten ? [] : targets(service, place),
    ];
    return [
        ...from.flatMap((source) => ['--cache-from', source]),
        ...to.flatMap((target) => ['--cache-to', target]),
    ];
}
function sources(service, place) {
    const { cache, branches, folders, images = [] } = place;
    switch (cache.kind) {
        case 'none':
            return [];
        case 'gha':
            return [`type=gha,scope=${scopeOf(service, place)},timeout=${PATIENCE}`];
        case 'registry':
            return branches.map((branch) => `type=registry,ref=${cacheReference(service, branch)}`);
        case 'local':
            return folders?.from === undefined ? [] : [`type=local,${(0,buildx_options/* csvField */.XR)('src', folders.from)}`];
        case 'inline':
            return images.map((image) => `type=registry,ref=${image}`);
    }
}
function targets(service, place) {
    const { cache, branches, folders } = place;
    const mode = `mode=${cache.mode ?? (service.kind === 'base' ? 'max' : 'min')}`;
    switch (cache.kind) {
        case 'none':
            return [];
        case 'gha':
            return [`type=gha,scope=${scopeOf(service, place)},${mode},ignore-error=true,timeout=${PATIENCE}`];
        case 'registry':
            return branches.slice(0, 1).map((branch) => {
                const ref = cacheReference(service, branch);
                return `type=registry,ref=${ref},${mode},image-manifest=true,oci-mediatypes=true,ignore-error=true`;
            });
        case 'local':
            return folders?.to === undefined
                ? []
                : [`type=local,${(0,buildx_options/* csvField */.XR)('dest', folders.to)},${mode},ignore-error=true`];
        case 'inline':
            return ['type=inline'];
    }
}
/** Two builds of one scope would throw out each other's layers. Neither `/` nor `+` is in a name or a platform's part. */
function scopeOf({ name }, { platforms }) {
    return `smart-image-build/${name}/${platforms.join('+')}`;
}
/** In the image's own repository, as nobody may be able to write to another one. */
function cacheReference({ image }, branch) {
    return `${(0,model_service/* fullName */.f)(image)}:${cacheTag(branch)}`;
}
/** The tag of a branch's layers in each repository; no two branches have the same. */
function cacheTag(branch) {
    const readable = branch.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 80);
    const suffix = readable === branch ? '' : `-${(0,external_node_crypto_.createHash)('sha256').update(branch).digest('hex').slice(0, 12)}`;
    return `cache-${readable}${suffix}`;
}

;// CONCATENATED MODULE: ./src/execute/parents.ts



/** The images of ours that an image is built from, as they are now: each has been built or found before. */
function parentsOf(image, execution) {
    const failures = [];
    const parents = [];
    for (const [context, name] of Object.entries(image.parents)) {
        const parent = parentOf(name, execution);
        if (parent.ok)
            parents.push({ context, ...parent.value });
        else
            failures.push(...parent.failures);
    }
    return (0,model_failure/* unless */.NJ)(failures, parents);
}
/** By its digest in the registry, as a layout, or by its tag in the engine of a builder that takes no layouts. */
function parentOf(name, underway) {
    const { outcomes, handover, request, audience, hasLayouts } = underway;
    const outcome = outcomes.get(name);
    const layout = handover.layouts.get(name);
    if (layout !== undefined)
        return (0,model_failure.ok)({ layout });
    if (outcome?.kind === 'built' || outcome?.kind === 'reused') {
        const repository = (0,model_service/* fullName */.f)(outcome.image.service.image);
        const { digest } = outcome;
        if (digest !== undefined)
            return (0,model_failure.ok)({ address: `docker-image://${repository}@${digest}`, digest });
        if (!request.push && !hasLayouts)
            return (0,model_failure.ok)({ address: `docker-image://${repository}:${(0,build/* tagOf */.cO)(outcome.image, audience)}` });
    }
    const message = `the image of \`${name}\`, which it is built from, was not needed when this run was planned; the next run builds both`;
    return (0,model_failure/* failed */.gz)({ kind: 'engine-failed', message });
}
/** What an image is kept under. */
function layoutName({ service, fingerprint }) {
    return { image: service.image, fingerprint: fingerprint.digest };
}

;// CONCATENATED MODULE: ./src/execute/layers.ts




async function layersFor(image, of) {
    const { layerCaching, layers, request, provenance } = of;
    const { service } = image;
    const { kind } = layerCaching.cache;
    const isWritten = layerCaching.cache.isWritten && !layerCaching.readOnly.has(service.name);
    if (kind === 'none' || ((kind === 'registry' || kind === 'inline') && service.image.registry === undefined))
        return { options: [] };
    const isRead = !(0,build/* isUncached */.Ql)(image, request);
    const [from, to] = kind === 'local' ? await foldersFor(image, { layers, isRead, isWritten }) : [];
    const options = layerCacheOptions(service, {
        cache: { ...layerCaching.cache, isWritten },
        platforms: service.build.platforms ?? provenance.platforms,
        branches: layerCaching.branches,
        folders: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
        images: layerCaching.images.get(service.name) ?? [],
    });
    return {
        options: isRead ? options : (0,buildx_options/* withoutOptions */.rE)(options, ['--cache-from']),
        ...(to !== undefined && { place: to }),
    };
}
/** None that the configuration of the image makes needless. */
async function foldersFor(image, { layers, isRead, isWritten }) {
    const { cacheFrom, cacheTo } = image.service.build;
    const name = layoutName(image);
    const from = isRead && cacheFrom.length === 0 ? await layers.fetch(name) : undefined;
    return [from?.folder, isWritten && cacheTo.length === 0 ? layers.place(name) : undefined];
}
/** After a build that went well. */
async function keepLayers(image, { place }, { layers }) {
    if (place !== undefined)
        await layers.keep(layoutName(image), place);
}

;// CONCATENATED MODULE: ./src/execute/retry.ts


const MINUTE_MS = 60_000;
/** BuildKit itself tries a broken push four times within seconds, so that these pauses are for longer outages. */
const REMEDIES = {
    registry: {
        pausesMs: [5000, 20_000, MINUTE_MS],
        words: 'the registry failed, the image is pushed again',
        isRepeat: true,
        change: (options) => (0,buildx_options/* withoutOptions */.rE)(options, buildx_options/* AFRESH */.GK),
    },
    'cache-import': {
        pausesMs: [0],
        words: 'the layer cache failed, the image is built without reading it',
        isRepeat: false,
        change: (options) => (0,buildx_options/* withoutOptions */.rE)(options, ['--cache-from']),
    },
    // Denied once, it would be denied again, whatever is read.
    'cache-export': {
        pausesMs: [0],
        words: 'the layer cache could not be written, the image is built without that',
        isRepeat: true,
        change: (options) => (0,buildx_options/* withoutOptions */.rE)(options, [...buildx_options/* AFRESH */.GK, '--cache-to']),
    },
    builder: {
        pausesMs: [5000],
        words: 'the connection to the builder was lost, the image is built again',
        isRepeat: false,
        change: (options) => options,
    },
    // A notice at the end of the run says how to mend it, see `fullDisk`.
    disk: undefined,
    code: undefined,
};
/**
 * Builds, and once more where not the image but what is around it was at fault. Each cause has tries of its own, so that
 * all of them together are few, and the longest wait is known. Nothing is tried again once no further build is to start.
 */
async function buildPersistently(request, watch, execution) {
    const { builder, clock, notify, noneFurther } = execution;
    const isOver = () => noneFurther.aborted;
    const tries = new Map();
    let [paused, isRepeat] = [0, false];
    let status;
    const listening = {
        ...watch,
        onStatus: (heard) => {
            if (isRepeat)
                return;
            status = heard;
            watch.onStatus(heard);
        },
    };
    const started = clock.now();
    for (;;) {
        const built = await builder.build(request, listening);
        if (built.ok && tries.size === 0)
            return built;
        if (built.ok)
            return (0,model_failure.ok)({
                ...built.value,
                durationMs: clock.now() - started - paused,
                status: { ...(status ?? built.value.status), pushedBytes: built.value.status.pushedBytes },
            });
        const [failure] = built.failures;
        if (failure?.kind !== 'build-failed' || isOver())
            return built;
        const before = tries.get(failure.cause) ?? 0;
        const remedy = REMEDIES[failure.cause];
        const pause = remedy?.pausesMs[before];
        if (remedy === undefined || pause === undefined)
            return built;
        const options = remedy.change(request.options);
        if (failure.cause.startsWith('cache-') && options.length === request.options.length)
            return built;
        tries.set(failure.cause, before + 1);
        notify({ message: `\`${request.service}\`: ${remedy.words}: ${firstLine(failure)}` });
        const wait = Math.min(Math.max(pause, failure.retryAfterMs ?? 0), MINUTE_MS);
        await clock.pause(wait, noneFurther);
        paused += wait;
        if (isOver() || (failure.cause === 'builder' && !(await isThere(execution))))
            return built;
        request = { ...request, options };
        isRepeat = remedy.isRepeat;
    }
}
/** buildx starts a builder of its own that was stopped; one elsewhere is asked for. */
async function isThere({ builder, request }) {
    return (await builder.available(request.builder)).ok;
}
function firstLine({ message }) {
    return message.split('\n')[0] ?? '';
}

;// CONCATENATED MODULE: ./src/execute/rebuild.ts







/**
 * Builds the image under its fingerprint's tag. The registry is asked once more before and after: the plan may be old by
 * now, or may have been made while the registry did not answer, and nothing is built for an outage.
 */
async function rebuild(image, execution) {
    const { push } = execution.request;
    if (push && !(0,model_plan/* isWanted */.Yu)(image)) {
        const before = await ask(image, execution);
        if (!before.ok)
            return { kind: 'failed', failures: before.failures };
        if (before.value.kind === 'exists')
            return { kind: 'adopted', digest: before.value.digest };
    }
    const built = await rebuild_build(image, execution);
    if (!push || built.kind === 'interrupted')
        return built;
    const after = await ask(image, execution, built.kind === 'built' ? built.digest : undefined);
    if (built.kind === 'failed') {
        if (built.isSick)
            return built;
        // A repository whose tags are immutable refuses what another run has pushed meanwhile.
        if (!after.ok || after.value.kind === 'missing')
            return built;
        return (0,model_plan/* isWanted */.Yu)(image)
            ? buildBeside(image, execution, built)
            : { kind: 'adopted', digest: after.value.digest };
    }
    return after.ok && after.value.kind === 'exists' ? { ...built, digest: after.value.digest } : built;
}
/**
 * Builds once more, under a tag of its own, what a repository refuses that keeps the fingerprint's tag: later runs know the
 * image by its record. Whatever else was wrong with the build stands.
 */
async function buildBeside(image, execution, refused) {
    const { audience, notify, registry, runId } = execution;
    const tag = (0,build/* tagOf */.cO)(image, audience);
    const immutable = await registry.isImmutable(image.service.image, tag);
    if (!immutable.ok || !immutable.value)
        return refused;
    const suffix = `-${runId}`;
    notify({
        message: `The repository of \`${image.service.name}\` keeps the tag ${tag}: the new image is ${tag}${suffix}, and only records lead to it`,
    });
    return rebuild_build(image, { ...execution, suffix });
}
/** A registry that does not answer is a failure here. */
async function ask(image, { registry, audience }, pushed) {
    const found = await registry.find(image.service.image, (0,build/* tagOf */.cO)(image, audience), pushed);
    if (!found.ok)
        return found;
    const { value } = found;
    return value.kind === 'unknown' ? (0,model_failure/* failed */.gz)({ kind: 'registry-failed', message: value.problem }) : (0,model_failure.ok)(value);
}
async function rebuild_build(image, execution) {
    const { clock, on, request, signal } = execution;
    const service = image.service.name;
    const started = clock.now();
    const startedAt = new Date(started).toISOString();
    on({ kind: 'build-started', service });
    const onLine = ({ text: line, isOutput }) => {
        on({ kind: 'build-progress', service, line, isOutput });
    };
    const onStatus = (status) => {
        on({ kind: 'build-status', service, status });
    };
    const parents = parentsOf(image, execution);
    if (!parents.ok)
        return { kind: 'failed', failures: parents.failures };
    const layers = await layersFor(image, execution);
    const layerOptions = layers.options;
    const destination = destinationOf(image, execution);
    const { meet } = execution;
    const mayShare = meet !== undefined;
    const connections = { parents: parents.value, layerOptions, ...destination, mayShare };
    const asked = (0,build/* buildRequest */.mK)(image, execution, connections);
    const persistently = () => buildPersistently(asked, { onLine, onStatus, signal }, execution);
    const built = await (meet === undefined ? persistently() : meet(persistently));
    if (!built.ok) {
        const isInterrupted = built.failures[0]?.kind === 'interrupted';
        const ran = { startedAt, durationMs: clock.now() - started };
        return isInterrupted ? { kind: 'interrupted' } : { kind: 'failed', failures: built.failures, ran };
    }
    await keepLayers(image, layers, execution);
    const { durationMs, status } = built.value;
    const digest = request.push ? built.value.digest : undefined;
    if (request.push && digest === undefined)
        return withoutDigest(service);
    const refused = await prove(image, { digest, isLoaded: destination.isKept }, execution);
    if (refused !== undefined)
        return refused.kind === 'failed' ? { ...refused, ran: { startedAt, durationMs } } : refused;
    const kept = await keep(image, execution, connections.layout);
    if (!kept.ok)
        return { kind: 'failed', failures: kept.failures };
    const shared = { kind: 'built', startedAt, durationMs, status, parents: (0,build/* digestsOf */.nw)(parents.value) };
    return digest === undefined ? shared : { ...shared, digest };
}
function withoutDigest(service) {
    const message = `\`${service}\` was pushed, but the builder named no digest`;
    return { kind: 'failed', failures: [{ kind: 'engine-failed', message }] };
}
/** What keeps a new image from the tag that others find it by; nobody has found it yet. */
async function prove(image, unproven, execution) {
    const tried = await tryOut(image, unproven, execution);
    if (!tried.ok) {
        const isInterrupted = tried.failures[0]?.kind === 'interrupted';
        return isInterrupted
            ? { kind: 'interrupted' }
            : { kind: 'failed', failures: tried.failures, isSick: true };
    }
    const accepted = await accept(image, unproven, execution);
    return accepted.ok ? undefined : { kind: 'failed', failures: accepted.failures };
}
/**
 * A service that is to be loaded is, unless it is pushed, too: then what was pushed is pulled. A base is only for a builder
 * that hands on nothing but what the engine has. What is to show that it works is loaded for that; `isKept`: for more.
 */
function destinationOf(image, { request, handover, hasLayouts, layouts }) {
    const { kind, name, health } = image.service;
    const isHandedOn = !request.push && handover.parents.has(name);
    const isKept = (request.load && !request.push && kind === 'service') || (isHandedOn && !hasLayouts);
    return {
        isKept,
        load: isKept || (health !== undefined && !request.push),
        ...(isHandedOn && hasLayouts && { layout: layouts.place(layoutName(image)) }),
    };
}
/** Those that are built from the image find it from now on. */
async function keep(image, { layouts, handover }, place) {
    if (place === undefined)
        return (0,model_failure.ok)(undefined);
    const kept = await layouts.keep(layoutName(image), place);
    if (!kept.ok)
        return kept;
    handover.layouts.set(image.service.name, kept.value);
    return (0,model_failure.ok)(undefined);
}

;// CONCATENATED MODULE: ./src/execute/schedule.ts
/**
 * Runs one task per item; resolves to the results in the order of the items when all have ended. Of the tasks that may
 * start, the one goes first that the longest chain of others waits for, then the earlier one. A task must not throw for
 * an expected failure; when it throws, no other starts, and those under way still end before the throw goes on.
 */
async function schedule(items, how, task) {
    const order = new Order(items, how);
    const results = new Map();
    const errors = [];
    const running = new Set();
    let places = how.bound;
    const start = (item) => {
        const taken = how.share(item);
        places -= taken;
        const run = task(item)
            .then((result) => void results.set(item, result), (error) => void errors.push(error))
            .then(() => {
            running.delete(run);
            places += taken;
            order.ended(item);
        });
        running.add(run);
    };
    for (;;) {
        if (errors.length === 0)
            for (let next = order.take(places); next !== undefined; next = order.take(places))
                start(next);
        if (running.size === 0)
            break;
        await Promise.race(running);
    }
    if (errors.length > 0)
        throw errors[0];
    return items.map((item) => results.get(item));
}
/** What may start, and what waits for what. */
class Order {
    how;
    #dependants = new Map();
    #waitsFor = new Map();
    #places;
    #paths = new Map();
    /** Best first. */
    #ready;
    constructor(items, how) {
        this.how = how;
        this.#places = new Map(items.map((item, place) => [item, place]));
        for (const item of items) {
            const before = how.before(item);
            this.#waitsFor.set(item, before.length);
            for (const one of before)
                this.#dependants.set(one, [...(this.#dependants.get(one) ?? []), item]);
        }
        this.#ready = items.filter((item) => this.#waitsFor.get(item) === 0);
        this.#sort();
    }
    /** The next item for which there is a place; some need none. */
    take(places) {
        const at = places > 0 ? 0 : this.#ready.findIndex((item) => this.how.share(item) === 0);
        return at === -1 ? undefined : this.#ready.splice(at, 1)[0];
    }
    ended(item) {
        for (const dependant of this.#dependants.get(item) ?? []) {
            const left = (this.#waitsFor.get(dependant) ?? 0) - 1;
            this.#waitsFor.set(dependant, left);
            if (left > 0)
                continue;
            this.#ready.push(dependant);
            this.#sort();
        }
    }
    #sort() {
        const place = (item) => this.#places.get(item) ?? 0;
        this.#ready.sort((a, b) => this.#path(b) - this.#path(a) || place(a) - place(b));
    }
    /** The longest chain from an item to the end. */
    #path(item) {
        const known = this.#paths.get(item);
        if (known !== undefined)
            return known;
        const dependants = this.#dependants.get(item) ?? [];
        const path = this.how.weight(item) + Math.max(0, ...dependants.map((one) => this.#path(one)));
        this.#paths.set(item, path);
        return path;
    }
}

;// CONCATENATED MODULE: ./src/execute/supply.ts



/**
 * The images with a place for each that a build of this run starts from, and that the plan found in no registry: one that
 * is kept is fetched, any other is built in this run. So it is asked, in turn, for those that this one is built from.
 */
async function supplied(images, execution, handover) {
    let now = images;
    const seen = new Set();
    for (;;) {
        const taken = new Set(now.filter(isBuilt).flatMap(({ parents }) => Object.values(parents)));
        const open = now.filter((image) => taken.has(image.service.name) && !seen.has(image.service.name));
        if (open.length === 0)
            break;
        for (const { service } of open)
            seen.add(service.name);
        const isAtHand = await Promise.all(open.map((image) => provide(image, execution, handover)));
        const missing = new Set(open.filter((_, index) => isAtHand[index] === false));
        now = now.map((image) => (missing.has(image) ? toBuild(image) : image));
    }
    const { request, hasLayouts, notify } = execution;
    const isLost = ({ service }) => handover.parents.has(service.name);
    if (!request.push && !hasLayouts && now.some((image) => isBuilt(image) && isLost(image)))
        notify({ message: NOT_KEPT });
    return now;
}
const NOT_KEPT = 'This builder cannot export OCI image layouts: images that others are built from are loaded into Docker and not kept between runs; docker/setup-buildx-action (driver docker-container) lets them be kept';
function isBuilt({ decision }) {
    return decision.kind === 'rebuild';
}
/** Whether the image is, or will be, where a build can take it from. */
async function provide(image, execution, handover) {
    const { decision, service } = image;
    if (decision.kind === 'rebuild' || (decision.kind === 'reuse' && decision.digest !== undefined))
        return true;
    // A build that is to be pushed asks the registry first, and takes what is there.
    if (execution.request.push)
        return false;
    if (!execution.hasLayouts)
        return decision.kind === 'reuse' && isInEngine(image, execution);
    const layout = await execution.layouts.fetch(layoutName(image));
    if (layout !== undefined)
        handover.layouts.set(service.name, layout);
    return layout !== undefined;
}
async function isInEngine(image, { engine, audience }) {
    const reference = `${(0,model_service/* fullName */.f)(image.service.image)}:${(0,build/* tagOf */.cO)(image, audience)}`;
    const found = await engine.find([reference]);
    return found.ok && found.value.get(reference)?.kind === 'exists';
}
/** An image that was taken to exist, and does not. */
function toBuild(image) {
    const changed = image.service.kind === 'service';
    return { ...image, changed, decision: { kind: 'rebuild', reasons: [{ kind: 'image-missing' }] } };
}

;// CONCATENATED MODULE: ./src/execute/execute.ts








/**
 * Carries out every decision of the plan, an image after those that it is built from; outcomes come in the plan's order.
 * One image's failure stays with it and with those that are built from it: the others are built, pushed and reported,
 * unless `fail-fast` is set.
 */
async function execute(plan, execution) {
    const stop = new AbortController();
    const signal = AbortSignal.any([execution.signal, stop.signal]);
    const parents = new Set(plan.images.flatMap((image) => Object.values(image.parents)));
    const handover = { parents, layouts: new Map() };
    const images = await supplied(plan.images, execution, handover);
    const byName = new Map(images.map((image) => [image.service.name, image]));
    const before = (image) => (0,model_plan/* imagesBefore */.on)(image).flatMap((name) => byName.get(name) ?? []);
    const outcomes = new Map();
    const { maxParallel, failFast } = execution.request;
    const gathering = new Gathering(execution.clock);
    const awaited = new Set(images.flatMap(model_plan/* imagesBefore */.on));
    const work = async (image, meet) => {
        const underway = { ...execution, noneFurther: signal, outcomes, handover, ...(meet && { meet }) };
        const isStopped = signal.aborted && image.decision.kind !== 'skip';
        const outcome = isStopped
            ? cancelled(image)
            : (withoutParents(image, outcomes) ?? (await carryOut(image, underway).catch(brokenOff(image))));
        outcomes.set(image.service.name, outcome);
        if (outcome.kind === 'failed' && failFast)
            stop.abort();
        await execution.record(outcome);
        execution.on({ kind: 'finished', outcome });
        return outcome;
    };
    const ended = await schedule(images, { bound: maxParallel, before, weight, share: (image) => shareOf(image, execution.request) }, (image) => 
    // What shares a process ends with the last in it, which nobody is to wait for.
    isShort(image) && !awaited.has(image.service.name)
        ? gathering.join((meet) => work(image, meet))
        : work(image));
    const notice = fullDisk(ended);
    if (notice !== undefined)
        execution.notify(notice);
    return ended;
}
/** What a build is reckoned to take of which none is recorded. */
const USUAL_MS = 60_000;
/** What it took the last time, or is reckoned to take. */
function weight({ decision, record }) {
    return decision.kind === 'rebuild' ? (record?.durationMs ?? USUAL_MS) : 0;
}
/**
 * Whether its build may share a process: what a process of its own costs counts with short builds alone, and what is lost
 * when the process ends for another's failure is little.
 */
function isShort(image) {
    return image.decision.kind === 'rebuild' && weight(image) < USUAL_MS;
}
function shareOf(image, { load, maxParallel, maxShortParallel }) {
    const { kind } = image.decision;
    if (kind === 'skip' || (kind === 'reuse' && !load))
        return 0;
    return isShort(image) ? maxParallel / maxShortParallel : 1;
}
/** What becomes of an image that is to be built from others that were not made; `undefined` when all were. */
function withoutParents(image, outcomes) {
    if (image.decision.kind !== 'rebuild')
        return undefined;
    const before = (0,model_plan/* imagesBefore */.on)(image).map((name) => [name, outcomes.get(name)?.kind]);
    const by = before.find(([, kind]) => kind === 'failed' || kind === 'blocked')?.[0];
    if (by !== undefined)
        return { kind: 'blocked', image, by };
    return before.some(([, kind]) => kind === 'cancelled') ? cancelled(image) : undefined;
}
/** A bug in one image's work must not take the others' results with it. */
function brokenOff(image) {
    return (error) => failedOutcome(image, [(0,model_failure/* unexpected */.os)(error)]);
}
function cancelled(image) {
    return { kind: 'cancelled', image };
}
async function carryOut(image, execution) {
    const { decision } = image;
    if (decision.kind === 'skip')
        return { kind: 'skipped', image };
    if (decision.kind === 'reuse') {
        const { digest, found } = decision;
        const isLoaded = found === 'engine';
        const delivered = await (0,deliver/* deliver */.c)(image, { digest, isLoaded, isReused: true }, execution);
        if (delivered.kind === 'done')
            return { kind: 'reused', image, ...(digest !== undefined && { digest }) };
        if (delivered.kind === 'failed')
            return failedOutcome(image, delivered.failures);
        // It is gone since it was asked for, or could not be asked for.
        return carryOut(toBuild(image), execution);
    }
    const rebuilt = await rebuild(image, execution);
    switch (rebuilt.kind) {
        case 'adopted':
            return carryOut({ ...image, decision: { kind: 'reuse', found: 'registry', digest: rebuilt.digest } }, execution);
        case 'interrupted':
            return cancelled(image);
        case 'failed':
            return { ...failedOutcome(image, rebuilt.failures), ...rebuilt.ran };
        case 'built': {
            const { digest } = rebuilt;
            const existing = { digest, isLoaded: digest === undefined, isReused: false };
            const [delivered, sizeBytes] = await Promise.all([
                (0,deliver/* deliver */.c)(image, existing, execution),
                sizeOf(image, digest, execution),
            ]);
            if (delivered.kind !== 'done')
                return failedOutcome(image, delivered.failures);
            return { ...rebuilt, image, ...(sizeBytes !== undefined && { sizeBytes }) };
        }
    }
}
/** Only told: without an answer the image is as good. */
async function sizeOf({ service }, digest, { registry }) {
    if (digest === undefined)
        return undefined;
    const size = await registry.size(service.image, digest);
    return size.ok ? size.value : undefined;
}
function failedOutcome(image, [failure]) {
    if (failure === undefined)
        throw new Error('A failed result without a failure');
    return { kind: 'failed', image, failure };
}

// EXTERNAL MODULE: ./src/fingerprint/notices.ts
var notices = __webpack_require__(48157);
// EXTERNAL MODULE: ./src/config/tags.ts + 9 modules
var config_tags = __webpack_require__(97635);
// EXTERNAL MODULE: ./src/state/merge.ts
var merge = __webpack_require__(12853);
;// CONCATENATED MODULE: ./src/pipeline/commits.ts
/** Where a commit stands to HEAD; the answer may take a fetch, if the event does not tell it. */
function orderOf(commit, { job, ports }) {
    const { trigger } = job.context;
    // A push moves its branch from there to HEAD.
    if (trigger.kind === 'push' && trigger.before === commit)
        return Promise.resolve('before');
    return ports.git.order(commit);
}

;// CONCATENATED MODULE: ./src/pipeline/forward.ts





/**
 * Names of the services whose moving tags a newer commit has moved already: the order is that of the commits, not that in
 * which runs end. Where no record tells, the remote repository is asked what its branch is at; a re-run, which may be of
 * any age, fails without its answer.
 */
async function heldBack(images, state, run) {
    const records = (0,merge/* ofOthers */.Np)(state.records);
    const answers = new Map();
    const held = [];
    for (const { service } of images) {
        const commit = records.get(service.name)?.commit;
        const answer = answers.get(commit) ?? isSuperseded(commit, run);
        answers.set(commit, answer);
        const isHeld = await answer;
        if (!isHeld.ok)
            return isHeld;
        if (isHeld.value)
            held.push(service.name);
    }
    if (held.length > 0) {
        const names = (0,notices/* listed */.KE)(held.map((name) => `\`${name}\``));
        (0,pipeline_job/* notify */.me)(run, { message: `Moving tags of ${names} stay where they are: a newer commit has moved them` });
    }
    return (0,model_failure.ok)(new Set(held));
}
/**
 * `recorded`: the commit that the tags were moved for last; absent when that is not known. The merges that GitHub makes of
 * a pull request are in no order; its heads are.
 */
async function isSuperseded(recorded, run) {
    const { git } = run.ports;
    const { trigger, ref, isRerun } = run.job.context;
    if (trigger.kind === 'pull-request') {
        const now = await git.remoteHead(`refs/pull/${trigger.number}/head`);
        return now.kind === 'found' ? (0,model_failure.ok)(now.commit !== trigger.head) : withoutAnswer(now, run);
    }
    const order = recorded === undefined ? 'unknown' : await orderOf(recorded, run);
    if ((order === 'same' || order === 'before') && isRerun === undefined)
        return (0,model_failure.ok)(false);
    const isBranch = ref?.startsWith('refs/heads/') === true && trigger.kind !== 'terminal';
    const now = isBranch ? await git.remoteHead(ref) : { kind: 'none' };
    // A branch that was set back to this commit has its tags here.
    if (now.kind === 'found')
        return (0,model_failure.ok)(now.commit !== git.head);
    return order === 'after' ? (0,model_failure.ok)(true) : withoutAnswer(now, run);
}
/** A repository that does not answer holds nobody up but a re-run. */
function withoutAnswer(now, { job }) {
    if (now.kind !== 'unknown' || job.context.isRerun === undefined)
        return (0,model_failure.ok)(false);
    const message = `whether a newer commit has moved the tags that this re-run would move cannot be told: ${now.problem}; run it again, or leave out tags that move`;
    return (0,model_failure/* failed */.gz)({ kind: 'git-failed', message });
}

;// CONCATENATED MODULE: ./src/pipeline/tags.ts




/** Service → tags that its image gets; all failures at once. A tag that a newer commit has moved is left out. */
async function tagsOf({ plan, state }, { run, isDirty }) {
    const resolved = resolveAll(plan.images.map(({ service }) => service), run);
    if (!resolved.ok)
        return resolved;
    if (isDirty)
        return (0,model_failure.ok)(new Map());
    const moving = plan.images.filter(({ service }) => resolved.value.get(service.name)?.some(({ moves }) => moves));
    const held = run.request.push ? await heldBack(moving, state, run) : (0,model_failure.ok)(new Set());
    if (!held.ok)
        return held;
    const free = new Map([...resolved.value].map(([name, tags]) => [
        name,
        held.value.has(name) ? tags.filter(({ moves }) => !moves) : tags,
    ]));
    const immutable = await demandMutable(plan, free, run);
    if (!immutable.ok)
        return immutable;
    return (0,model_failure.ok)(new Map([...free].map(([name, tags]) => [name, tags.map((tag) => tag.name)])));
}
/** In a pull request the head that its author knows, not the merge that GitHub made for the run. */
function revisionOf({ job, ports }) {
    const { trigger } = job.context;
    return trigger.kind === 'pull-request' ? trigger.head : ports.git.head;
}
/** Service → tags by the run's rules and its own. */
function resolveAll(services, run) {
    const facts = factsOf(run);
    const failures = new Map();
    const tags = new Map();
    for (const service of services) {
        const resolved = (0,config_tags/* resolveTags */.y)([...run.request.tags, ...service.tags], facts);
        // A base is known by its fingerprint alone.
        if (resolved.ok)
            tags.set(service.name, service.kind === 'base' ? [] : resolved.value);
        else
            for (const failure of resolved.failures)
                failures.set(failure.message, failure);
    }
    return (0,model_failure/* unless */.NJ)([...failures.values()], tags);
}
function factsOf(run) {
    const { trigger, ref, baseRef, defaultBranch } = run.job.context;
    return {
        commit: revisionOf(run),
        now: run.ports.clock.now(),
        isScheduled: trigger.kind === 'schedule',
        ...(ref !== undefined && { ref }),
        ...(baseRef !== undefined && { baseRef }),
        ...(defaultBranch !== undefined && { defaultBranch }),
        ...(trigger.kind === 'pull-request' && { pullRequest: trigger.number }),
    };
}
/** A repository that keeps its tags as they are is found out before anything is built for a tag that has to move. */
async function demandMutable(plan, tags, { request, ports }) {
    // Of what legs have built as much is delivered as can be: pointing the tag tells where it cannot.
    if (!request.push || request.mode === 'collect')
        return (0,model_failure.ok)(undefined);
    const asked = plan.images.flatMap(({ service, decision }) => {
        const tag = tags.get(service.name)?.find(({ moves }) => moves);
        return decision.kind === 'rebuild' && tag ? [{ service, tag: tag.name }] : [];
    });
    const answers = await Promise.all(asked.map(async ({ service, tag }) => {
        const immutable = await ports.registry.isImmutable(service.image, tag);
        // Without an answer the push will tell.
        return immutable.ok && immutable.value ? [immutableRepository(service, tag)] : [];
    }));
    const [first, ...more] = answers.flat();
    return first === undefined ? (0,model_failure.ok)(undefined) : (0,model_failure/* failed */.gz)(first, ...more);
}
function immutableRepository({ image, name }, tag) {
    const message = `${(0,model_service/* fullName */.f)(image)} keeps its tags immutable, so \`${tag}\` of \`${name}\` cannot move; leave moving tags out, such as with \`tags: type=sha\`, or let the repository move them`;
    return { kind: 'usage', message };
}

;// CONCATENATED MODULE: ./src/pipeline/commit-args.ts

/**
 * Name of an image → those of the arguments `GIT_COMMIT`, `BUILD_DATE`, `SOURCE_DATE_EPOCH` and `CACHE_BUST` that its
 * Dockerfile declares. They never count as a change, so that an unchanged image keeps those of an earlier commit; all of
 * them are the same for every build of one commit.
 */
async function commitArgs({ images }, { inputs }, run) {
    const all = new Map();
    let committed;
    for (const { service, fingerprint, decision } of images) {
        if (decision.kind === 'skip')
            continue;
        const args = {};
        for (const name of inputs.get(service.name)?.declaredArgs ?? []) {
            if (name === 'GIT_COMMIT')
                args[name] = revisionOf(run);
            if (name === 'CACHE_BUST')
                args[name] = fingerprint.digest;
            if (name !== 'BUILD_DATE' && name !== 'SOURCE_DATE_EPOCH')
                continue;
            const at = await (committed ??= run.ports.git.committedAt());
            args[name] = name === 'BUILD_DATE' ? new Date(at).toISOString() : String(at / 1000);
        }
        all.set(service.name, args);
    }
    return all;
}

// EXTERNAL MODULE: ./src/model/request.ts
var request = __webpack_require__(6968);
;// CONCATENATED MODULE: ./src/pipeline/layer-cache.ts






/** Where the builds of this plan find and leave layers: as was asked for, or what comes next to it, with one notice. */
async function layerCachingFor(planned, run, abilities) {
    const images = planned.plan.images.filter(({ decision }) => decision.kind === 'rebuild');
    const asked = askedFor(run);
    if (asked.kind === 'none' || images.length === 0)
        return NO_LAYER_CACHING;
    const { cache, problem } = withoutDriver(asked, abilities) ??
        (await withoutAccess(asked, run)) ??
        withoutRegistry(asked, images) ?? { cache: asked };
    if (problem !== undefined)
        (0,pipeline_job/* notify */.me)(run, { message: `\`layer-cache: ${asked.kind}\`: ${problem}` });
    const branches = branchesOf(run.job.context);
    const readOnly = await immutableAmong(images, { cache, branches, run });
    return {
        cache,
        branches,
        images: cache.kind === 'inline' ? inlineImages(images, branches, run) : new Map(),
        readOnly,
    };
}
function askedFor({ request, job }) {
    const { kind, mode } = request.layerCache;
    return { kind, ...(mode !== undefined && { mode }), isWritten: isWritten(request, job.context) };
}
/**
 * A pull request leaves none unless that is asked for: its layers would crowd out those that everybody shares. At a
 * terminal a cache is there because it was asked for. What may not be pushed is not left in a registry either.
 */
function isWritten({ layerCache: { kind, write }, push }, context) {
    const { trigger, ref, defaultBranch, pushForbidden } = context;
    // What is not pushed takes no layers along.
    if (kind === 'inline' && !push)
        return false;
    if (kind === 'registry' && pushForbidden !== undefined)
        return false;
    if (write !== 'auto')
        return write === 'always';
    if (trigger.kind === 'terminal')
        return kind !== 'registry' || push;
    const isOnDefault = defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`;
    return (0,request/* isUpkeep */.H)(context) || (trigger.kind === 'push' && isOnDefault);
}
/** The engine's own builder, as long as it does not keep its images in containerd, only knows what images hold. */
function withoutDriver(asked, { hasLayerCaches }) {
    if (hasLayerCaches || asked.kind === 'inline')
        return undefined;
    const mend = 'docker/setup-buildx-action (driver docker-container), or the containerd image store of Docker, lets it';
    if (asked.kind !== 'registry')
        return {
            cache: NO_LAYER_CACHING.cache,
            problem: `this builder cannot do that, and keeps its layers to itself; ${mend}`,
        };
    const cache = { ...asked, isWritten: false };
    return asked.isWritten
        ? { cache, problem: `this builder only reads layers, and leaves none; ${mend}` }
        : { cache };
}
async function withoutAccess(asked, { ports }) {
    if (asked.kind !== 'gha' && asked.kind !== 'local')
        return undefined;
    const access = await (asked.kind === 'gha' ? ports.layerService : ports.layers).access();
    if (access.kind === 'closed') {
        const problem = access.problem && `images are built without layers of earlier runs: ${access.problem}`;
        return { cache: NO_LAYER_CACHING.cache, ...(problem !== undefined && { problem }) };
    }
    if (access.canWrite || !asked.isWritten)
        return undefined;
    return {
        cache: { ...asked, isWritten: false },
        problem: 'layers are only read, as this run may not write to the cache',
    };
}
function withoutRegistry(asked, images) {
    if (asked.kind !== 'registry' && asked.kind !== 'inline')
        return undefined;
    const homeless = images.filter(({ service }) => service.image.registry === undefined);
    if (homeless.length === 0)
        return undefined;
    const problem = `without a registry there are no layers of earlier runs for ${names(homeless)}`;
    return { cache: asked, problem };
}
/** The branch that is built and those that it came from, as `main` or `pull/7`. */
function branchesOf({ trigger, ref, baseRef, defaultBranch }) {
    // With `pull_request_target` the ref is that of others.
    const own = trigger.kind === 'pull-request' ? `pull/${trigger.number}` : ref?.replace(/^refs\/(?:heads\/)?/, '');
    const all = [own, baseRef, defaultBranch].filter((branch) => branch !== undefined);
    return [...new Set(all)];
}
/** Names of images whose repositories refuse to move the tag that layers would be left under. */
async function immutableAmong(images, { cache, branches: [own], run }) {
    if (cache.kind !== 'registry' || !cache.isWritten || own === undefined)
        return new Set();
    const tag = cacheTag(own);
    const answers = await Promise.all(images.map(async (image) => {
        if (image.service.image.registry === undefined)
            return [];
        const immutable = await run.ports.registry.isImmutable(image.service.image, tag);
        // Without an answer the export will tell, and the build goes on.
        return immutable.ok && immutable.value ? [image] : [];
    }));
    const found = answers.flat();
    if (found.length > 0) {
        const message = `\`layer-cache: registry\`: repositories keep their tags immutable, so layers of ${names(found)} are only read; let \`cache-*\` move, or take \`gha\``;
        (0,pipeline_job/* notify */.me)(run, { message });
    }
    return new Set(found.map(({ service }) => service.name));
}
/** The image of the last record, then those that the branches' own tags point at. */
function inlineImages(images, branches, run) {
    const services = images.map(({ service }) => service);
    const tagged = branches.map((branch) => resolveAll(services, onBranch(branch, run)));
    return new Map(images.map(({ service, record }) => {
        const repository = (0,model_service/* fullName */.f)(service.image);
        const tags = tagged.flatMap((tags) => {
            const moving = tags.ok ? tags.value.get(service.name)?.find(({ moves }) => moves) : undefined;
            return moving === undefined ? [] : [`${repository}:${moving.name}`];
        });
        return [
            service.name,
            [...(record?.digest === undefined ? [] : [`${repository}@${record.digest}`]), ...tags],
        ];
    }));
}
function onBranch(branch, run) {
    const context = { ...run.job.context, trigger: { kind: 'push' }, ref: `refs/heads/${branch}` };
    return { ...run, job: { ...run.job, context } };
}
function names(images) {
    return (0,notices/* listed */.KE)(images.map(({ service }) => `\`${service.name}\``));
}

// EXTERNAL MODULE: ./src/pipeline/load.ts + 2 modules
var load = __webpack_require__(8598);
// EXTERNAL MODULE: ./src/model/text-width.ts
var text_width = __webpack_require__(68787);
;// CONCATENATED MODULE: ./src/report/text-table.ts

const GAP = 2;
/** With less room than this beside the other columns the last one stands below them. */
const LEAST_ROOM = 24;
const INDENT = 4;
/**
 * Rows below each other in columns; each has as many cells, of which the last is prose: it is broken where the terminal
 * ends, and goes on in its own column. A column that is empty in every row takes no room.
 */
function textTable(rows, options) {
    const last = (rows[0]?.length ?? 0) - 1;
    const widths = Array.from({ length: Math.max(0, last) }, (_, column) => Math.max(...rows.map((row) => (0,text_width/* textWidth */.sc)(row[column]?.text ?? ''))));
    const lead = widths.reduce((sum, width) => sum + (width === 0 ? 0 : width + GAP), 0);
    const { columns = Infinity } = options;
    const isBeside = columns - lead >= LEAST_ROOM;
    const indent = isBeside ? lead : INDENT;
    return rows.flatMap((row) => {
        const cells = widths.flatMap((width, column) => width === 0 ? [] : [filled(row[column] ?? { text: '' }, width, options)]);
        const head = cells.join(' '.repeat(GAP));
        const [first = '', ...more] = broken(row[last]?.text ?? '', columns - indent);
        const besides = isBeside ? [[...cells, first].join(' '.repeat(GAP))] : [head, text_table_below(first)];
        return [...besides, ...more.map((line) => `${' '.repeat(indent)}${line}`)]
            .map((line) => line.trimEnd())
            .filter((line, index) => index === 0 || line !== '');
    });
}
/** Coloured where colours are wanted. */
function painted(text, color, options) {
    return options.color ? `\u001b[${color}m${text}\u001b[0m` : text;
}
/** With spaces behind it up to that width. */
function padded(text, width) {
    return text + ' '.repeat(Math.max(0, width - (0,text_width/* textWidth */.sc)(text)));
}
function filled({ text, color, isNumber }, width, options) {
    const space = ' '.repeat(width - (0,text_width/* textWidth */.sc)(text));
    const filledText = isNumber === true ? space + text : text + space;
    return color === undefined ? filledText : painted(filledText, color, options);
}
function text_table_below(text) {
    return ' '.repeat(INDENT) + text;
}
/** Broken at spaces, and within a word that is wider than a line: a path after one of its folders. */
function broken(text, columns) {
    if ((0,text_width/* textWidth */.sc)(text) <= columns)
        return [text];
    const lines = [];
    let line = '';
    for (const word of text.split(' ')) {
        if (line !== '' && (0,text_width/* textWidth */.sc)(`${line} ${word}`) > columns) {
            lines.push(line);
            line = '';
        }
        line = line === '' ? word : `${line} ${word}`;
        while ((0,text_width/* textWidth */.sc)(line) > columns) {
            const head = headOfWord(line, columns);
            lines.push(head);
            line = line.slice(head.length);
        }
    }
    return [...lines, line];
}
function headOfWord(word, columns) {
    // A terminal narrower than one wide character still gets it.
    const head = (0,text_width/* headOfWidth */.cw)(word, columns) || Array.from(word)[0] || '';
    return head.slice(0, head.lastIndexOf('/') + 1) || head;
}

// EXTERNAL MODULE: ./src/report/visible.ts
var visible = __webpack_require__(30776);
// EXTERNAL MODULE: ./src/report/reason.ts
var reason = __webpack_require__(78880);
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
    blocked: 'blocked',
};
/** What needs a person has most. */
const URGENCY = {
    failed: 4,
    blocked: 4,
    cancelled: 3,
    built: 2,
    rebuild: 2,
    reused: 1,
    reuse: 1,
    skipped: 0,
    skip: 0,
};
/** What is counted of a finished run, in this order; `always`: also when there is none. */
const OUTCOME_COUNTS = {
    built: { words: 'built', always: true },
    reused: { words: 'reused', always: true },
    failed: { words: 'failed', always: true },
    blocked: { words: 'blocked', always: false },
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
/**
 * What reuse saved: what the reused images took when they were last built, as far as that is recorded, beside what this run
 * took. Empty where it is recorded of none.
 */
function savedText({ plan, outcomes, durationMs }) {
    const isPlan = outcomes === undefined;
    const reused = isPlan
        ? plan.images.filter(({ decision }) => decision.kind === 'reuse')
        : outcomes.flatMap(({ kind, image }) => (kind === 'reused' ? [image] : []));
    const known = reused.flatMap(({ record }) => record?.durationMs ?? []);
    if (known.length === 0)
        return '';
    const images = reused.length === 1 ? 'reused image' : `${reused.length} reused images`;
    const which = known.length === reused.length ? `The ${images}` : `${known.length} of the ${images}`;
    const before = durationText(known.reduce((sum, one) => sum + one, 0));
    const sizes = reused.flatMap(({ record }) => record?.sizeBytes ?? []);
    const least = sizes.length === reused.length ? '' : 'at least ';
    const bytes = (0,report_status/* byteText */.aC)(sizes.reduce((sum, one) => sum + one, 0));
    const pushed = sizes.length === 0 ? '' : ` and are ${least}${bytes}, which is not pushed again`;
    return `${which} took ${before} when last built${pushed}; this ${isPlan ? 'plan' : 'run'} took ${durationText(durationMs)}.`;
}
function durationText(milliseconds) {
    const seconds = Math.max(0, milliseconds) / 1000;
    if (seconds < 59.95)
        return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    if (whole < 3600)
        return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
    const minutes = Math.round(seconds / 60);
    return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}
function twoDigits(count) {
    return String(count).padStart(2, '0');
}
/** The first digits of a `sha256:…`; whatever is no digit is left out. */
function shortDigest(digest) {
    const digits = (digest ?? '').replace(/^sha256:/u, '').replace(/[^0-9a-f]/gu, '');
    return digits.slice(0, DIGEST_DIGITS);
}
function failureText(failure) {
    return (0,visible/* beginning */.Ir)((0,visible/* visibleMessage */.kL)(failure.message), LONGEST_MESSAGE);
}
/** Exported for live progress, which shows outcomes one by one. */
function outcomeRow(outcome) {
    const row = plainRow(outcome.image, outcome.kind);
    switch (outcome.kind) {
        case 'built':
            return {
                ...{ ...row, steps: (0,report_status/* stepsText */.bS)(outcome.status), ...(0,report_status/* transferTexts */.G5)(outcome.status) },
                ...{ time: durationText(outcome.durationMs), digest: shortDigest(outcome.digest) },
                size: (0,report_status/* sizeText */.lP)(outcome.sizeBytes, outcome.image.record?.sizeBytes),
            };
        case 'reused':
            return { ...row, digest: shortDigest(outcome.digest) };
        case 'skipped':
            return row;
        case 'failed': {
            const log = outcome.failure.kind === 'build-failed' ? outcome.failure.log : [];
            const time = outcome.durationMs === undefined ? '' : durationText(outcome.durationMs);
            return { ...row, why: failureWhy(outcome), time, log };
        }
        case 'blocked':
            return { ...row, why: `${(0,visible/* visible */.RK)(outcome.by)}, which it is built after, failed` };
        case 'cancelled':
            return { ...row, why: 'the run ended before it was done' };
    }
}
/** A row has the name already. */
function failureWhy({ failure, image }) {
    const text = failureText(failure);
    const name = `${(0,visible/* visible */.RK)(image.service.name)}: `;
    const why = text.startsWith(name) ? text.slice(name.length) : text;
    if (failure.kind !== 'build-failed' || failure.place === undefined)
        return why;
    return `${(0,visible/* visible */.RK)(failure.place.file)}, line ${failure.place.line}: ${why}`;
}
/** A reused image that is not the delivered one says so: its deploy would surprise otherwise. */
function plainRow(image, verdict) {
    const reused = verdict === 'reuse' || verdict === 'reused';
    return {
        service: (0,visible/* visible */.RK)(image.service.name),
        isBase: image.service.kind === 'base',
        verdict,
        result: reused && image.changed ? `${RESULT_WORDS[verdict]}, changed` : RESULT_WORDS[verdict],
        why: (0,reason/* decisionText */.G)(image.decision),
        ...{ time: '', steps: '', sent: '', pushed: '', size: '', digest: '' },
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
/** From so many columns on there is room for digests. */
const WIDE_ENOUGH = 100;
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
    blocked: '31',
    cancelled: '33',
};
/** The decisions as an aligned table, what is to be built and then a summary last, next to the prompt. */
function planLines(plan, options) {
    return [...table(planRows(plan), options), planSummary(plan)];
}
/** How the run ended, laid out like the plan, what failed last; without outcomes the plan itself. */
function resultLines(result, options) {
    const saved = result.outcomes === undefined ? '' : savedText(result);
    const lines = [...table(resultRows(result), options), resultSummary(result)];
    return saved === '' ? lines : [...lines, saved];
}
/** Width of the longest service name, within reason. */
function nameWidth(plan) {
    return plan.images.reduce((most, { service }) => Math.max(most, (0,text_width/* textWidth */.sc)(nameText(service.name))), 0);
}
/** One line of live progress, or nothing for an event that is not worth a line. */
function eventLine(event, options) {
    switch (event.kind) {
        case 'build-started':
            return progressLine(event.service, 'build started', options);
        case 'build-progress': {
            const text = (0,visible/* visibleLog */.Fu)(event.line).trimEnd();
            return text === '' ? undefined : progressLine(event.service, text, options);
        }
        case 'build-status':
            return undefined;
        case 'finished': {
            const { outcome } = event;
            const row = outcomeRow(outcome);
            // Neither took time; the plan has said it of many images already.
            if (row.verdict === 'skipped' || row.verdict === 'reused')
                return undefined;
            const status = outcome.kind === 'built' ? (0,report_status/* statusText */.qS)(outcome.status) : '';
            const text = `${finishedText(row, options)}${status === '' ? '' : ` (${status})`}`;
            return progressLine(outcome.image.service.name, text, options);
        }
    }
}
function progressLine(service, text, options) {
    return `${painted(`${padded(nameText(service), options.width)}  |`, DIM, options)} ${text}`;
}
function finishedText(row, options) {
    const verdict = painted(row.result, VERDICT_COLOR[row.verdict], options);
    const time = row.time === '' ? '' : ` in ${row.time}`;
    return `${verdict}${time}${row.verdict === 'built' ? '' : `: ${row.why}`}`;
}
function table(rows, options) {
    // What was not asked for is counted, not listed.
    const ranked = rows
        .filter(({ verdict }) => URGENCY[verdict] > 0)
        .sort((a, b) => URGENCY[a.verdict] - URGENCY[b.verdict]);
    // A narrow terminal needs its room for the reasons; `--json` has names and digests as a whole.
    const { columns = Infinity } = options;
    const widest = Math.min(WIDEST_NAME, Math.floor(columns / 3));
    const cells = ranked.map((row) => [
        { text: (0,text_width/* cutToWidth */.G1)(row.service, widest) },
        { text: row.result, color: VERDICT_COLOR[row.verdict] },
        { text: row.time, isNumber: true },
        { text: columns < WIDE_ENOUGH ? '' : row.digest },
        { text: row.why },
    ]);
    return textTable(cells, options);
}
/** A service's name as every line begins with it. */
function nameText(service) {
    return (0,text_width/* cutToWidth */.G1)((0,visible/* visible */.RK)(service), WIDEST_NAME);
}

;// CONCATENATED MODULE: ./src/report/live.ts




/** The builds that go on, each as one line that says how far it is; times are in milliseconds. */
class LiveBuilds {
    #width;
    /** Name → what its last build took. */
    #estimates;
    /** Names of the images that are to be built and have neither begun nor ended. */
    #waiting;
    /** In the order in which they began. */
    #underway = new Map();
    #done = 0;
    #failed = 0;
    constructor(plan) {
        this.#width = nameWidth(plan);
        this.#estimates = new Map(plan.images.flatMap(({ service, record }) => record?.durationMs === undefined ? [] : [[service.name, record.durationMs]]));
        this.#waiting = new Set(plan.images.flatMap(({ decision, service }) => (decision.kind === 'rebuild' ? [service.name] : [])));
    }
    take(event, now) {
        if (event.kind === 'finished')
            this.#end(event.outcome);
        else
            this.#go(event, now);
    }
    #end({ kind, image }) {
        const { name } = image.service;
        const wasWaiting = this.#waiting.delete(name);
        // Most images of a run are reused from the start.
        if (!this.#underway.delete(name) && !wasWaiting)
            return;
        if (kind === 'built' || kind === 'reused')
            this.#done++;
        else if (kind === 'failed' || kind === 'blocked')
            this.#failed++;
    }
    #go(event, now) {
        const { service } = event;
        this.#waiting.delete(service);
        const before = this.#underway.get(service) ?? { started: now, step: '' };
        if (event.kind === 'build-status')
            this.#underway.set(service, { ...before, status: event.status });
        else if (event.kind === 'build-progress' && !event.isOutput)
            this.#underway.set(service, { ...before, step: (0,visible/* visibleLog */.Fu)(event.line) });
        else
            this.#underway.set(service, before);
    }
    /** None while nothing goes on; what there is besides the builds that are drawn is counted first. */
    lines(now) {
        if (this.#underway.size === 0)
            return [];
        const builds = [...this.#underway];
        const states = textTable(builds.map(([service, build]) => this.#cells(service, build, now)), { color: false });
        const lines = builds.map(([service], index) => `${padded(nameText(service), this.#width)}  | ${states[index] ?? ''}`);
        return this.#done + this.#failed + this.#waiting.size === 0 ? lines : [this.#count(), ...lines];
    }
    #cells(service, { started, status, step }, now) {
        const elapsed = now - started;
        const estimate = this.#estimates.get(service);
        const { steps = 0, done = 0 } = status ?? {};
        const share = estimate === undefined ? done / steps : elapsed / estimate;
        return [
            { text: steps > 0 ? `${done}/${steps}` : '', isNumber: true },
            { text: percentage(share), isNumber: true },
            { text: timeText(elapsed, estimate) },
            { text: step },
        ];
    }
    #count() {
        const counts = [
            { count: this.#done, word: 'done' },
            { count: this.#failed, word: 'failed' },
            { count: this.#underway.size, word: 'building' },
            { count: this.#waiting.size, word: 'waiting' },
        ];
        const texts = counts.flatMap(({ count, word }) => (count === 0 ? [] : [`${count} ${word}`]));
        return texts.join(', ');
    }
}
/** What goes on is not done; `NaN`, of no steps, says nothing. */
function percentage(share) {
    return Number.isNaN(share) ? '' : `${Math.min(99, Math.floor(share * 100))} %`;
}
function timeText(elapsed, estimate) {
    const left = (estimate ?? 0) - elapsed;
    return left > 0 ? `${durationText(elapsed)}, ~${durationText(left)} left` : durationText(elapsed);
}

;// CONCATENATED MODULE: ./src/pipeline/progress.ts


/** Of each build's log, where it is shown as a whole; the rest would only make the page slow. */
const progress_MOST_LINES = 5000;
/** Shows what happens in the way of the host: line by line, as the state of each build, or each build's log as a whole. */
class Progress {
    #host;
    #clock;
    #options;
    #live;
    #logs = new Map();
    constructor(plan, of) {
        this.#host = of.host;
        this.#clock = of.clock;
        this.#options = { color: of.color, width: nameWidth(plan) };
        this.#live = new LiveBuilds(plan);
        this.#host.live(() => this.#live.lines(this.#clock.now()));
    }
    show(event) {
        this.#live.take(event, this.#clock.now());
        const line = eventLine(event, this.#options);
        if (this.#host.progressStyle === 'groups')
            this.#gather(event, line);
        if (line === undefined)
            return;
        if (event.kind === 'finished')
            this.#host.progress(line);
        else if (this.#host.progressStyle === 'live')
            return;
        else if (event.kind !== 'build-progress' || !event.isOutput)
            this.#host.progress(line);
        else if (this.#host.progressStyle === 'lines')
            this.#host.detail(line);
    }
    /** Nothing goes on any more. */
    end() {
        this.#host.live(undefined);
    }
    /** Lines of builds that go on at once are hard to tell apart: at its end each is shown alone. */
    #gather(event, line) {
        if (event.kind === 'finished') {
            const { name } = event.outcome.image.service;
            const log = this.#logs.get(name);
            this.#logs.delete(name);
            if (log === undefined)
                return;
            const more = log.left > 0 ? [`… ${log.left} earlier lines are left out`] : [];
            this.#host.group(`Build of ${name}`, [...more, ...log.lines]);
        }
        else if (event.kind === 'build-progress' && line !== undefined) {
            const log = this.#logs.get(event.service) ?? { lines: [], left: 0 };
            this.#logs.set(event.service, log);
            log.lines.push(line);
            if (log.lines.length > progress_MOST_LINES) {
                log.lines.shift();
                log.left++;
            }
        }
    }
}

// EXTERNAL MODULE: ./src/pipeline/decide-all.ts + 3 modules
var decide_all = __webpack_require__(10296);
// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(53916);
;// CONCATENATED MODULE: ./src/pipeline/secrets.ts


/**
 * What each image is given if it is built: of the secrets that it and the run name those that its Dockerfile mounts, and
 * all where that cannot be told. Fails for one that is not there and that this plan needs, before anything is built.
 */
async function secretsFor({ plan, snapshot }, run) {
    const failures = [];
    const given = new Map();
    for (const image of plan.images) {
        const { name } = image.service;
        const all = secretsOf(image, run);
        const mounted = snapshot.inputs.get(name)?.secrets;
        const secrets = [...all.values()].filter(({ id }) => mounted?.includes(id) !== false);
        given.set(name, secrets);
        if (image.decision.kind !== 'rebuild')
            continue;
        failures.push(...missing(image, all), ...(await unreadable(image, secrets, run)));
        for (const secret of image.service.build.secrets)
            mask(secret, run);
    }
    return (0,model_failure/* unless */.NJ)(failures, given);
}
/** By id; what the configuration says of the image counts. */
function secretsOf({ service }, { request }) {
    return new Map([...request.secrets, ...service.build.secrets].map((secret) => [secret.id, secret]));
}
function missing({ service }, given) {
    const { name, place, build } = service;
    return build.secretIds
        .filter((id) => !given.has(id))
        .map((id) => ({
        kind: 'config-invalid',
        message: `\`${name}\` needs the secret \`${id}\`, which is not given; name it in \`secrets\`, \`secret-envs\` or \`secret-files\``,
        ...(place && { place }),
    }));
}
async function unreadable({ service }, secrets, { job, ports }) {
    // Docker itself looks for files elsewhere, when it builds.
    const files = secrets.flatMap((secret) => secret.kind === 'file' && !/^(?:\/|\.\.(?:\/|$))/.test(secret.path) ? [secret] : []);
    const paths = files.map(({ path }) => (0,posix_.normalize)(path));
    const found = paths.length === 0 ? new Map() : await ports.git.look(paths);
    return secrets.flatMap((secret) => {
        const what = `the secret \`${secret.id}\` of \`${service.name}\` is to come from`;
        if (secret.kind === 'variable' && job.context.variables[secret.variable] === undefined)
            return [
                { kind: 'usage', message: `${what} the variable \`${secret.variable}\`, which is not set; set it` },
            ];
        const isLost = secret.kind === 'file' && files.includes(secret) && !found.has((0,posix_.normalize)(secret.path));
        return isLost
            ? [
                {
                    kind: 'usage',
                    message: `${what} ${JSON.stringify(secret.path)}, which does not exist; write it before`,
                },
            ]
            : [];
    });
}
/** No log shows a value from now on. */
function mask(secret, { job, ports }) {
    const text = secrets_valueOf(secret, job.context.variables);
    if (text !== undefined && text !== '')
        ports.host.mask(text);
}
/**
 * What is told of a failure elsewhere than in the log, where GitHub masks secrets: in artifacts, comments and summaries it
 * does not. A secret of several lines is hidden line by line, as a build prints it.
 */
function withoutSecrets(outcome, run) {
    if (outcome.kind !== 'failed')
        return outcome;
    const values = [...secretsOf(outcome.image, run).values()].flatMap((secret) => secrets_valueOf(secret, run.job.context.variables)?.split('\n') ?? []);
    // The longest first: one may be part of another.
    const texts = values
        .map((text) => text.trim())
        .filter((text) => text !== '')
        .sort((a, b) => b.length - a.length);
    const hidden = (text) => texts.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
    const { failure } = outcome;
    const message = hidden(failure.message);
    return {
        ...outcome,
        failure: failure.kind === 'build-failed'
            ? { ...failure, message, log: failure.log.map(hidden), tail: failure.tail.map(hidden) }
            : { ...failure, message },
    };
}
/** What a file holds is read by Docker alone. */
function secrets_valueOf(secret, variables) {
    switch (secret.kind) {
        case 'value':
            return secret.value;
        case 'variable':
            return variables[secret.variable];
        case 'file':
            return undefined;
    }
}

;// CONCATENATED MODULE: ./src/pipeline/build.ts














/** Checks all that could stop the builds, then carries the plan out. */
async function buildPlan(planned, run, book) {
    const uncommitted = await uncommittedOf(planned, run);
    if (!uncommitted.ok)
        return uncommitted;
    if (uncommitted.value.length > 0 && !run.request.allowDirty)
        return (0,model_failure/* failed */.gz)(dirty(uncommitted.value));
    const tags = await tagsFor(planned, run, uncommitted.value.length > 0);
    if (!tags.ok)
        return tags;
    const secrets = await secretsFor(planned, run);
    if (!secrets.ok)
        return secrets;
    const abilities = await abilitiesFor(planned, run);
    if (!abilities.ok)
        return abilities;
    const layerCaching = await layerCachingFor(planned, run, abilities.value);
    const progress = new Progress(planned.plan, { color: run.job.color, ...run.ports });
    const { context, signal } = run.job;
    const outcomes = await execute(planned.plan, {
        request: run.request,
        provenance: {
            revision: revisionOf(run),
            builtAt: new Date(run.ports.clock.now()).toISOString(),
            platforms: [context.defaultPlatform],
            ...(context.repositoryUrl !== undefined && { sourceUrl: context.repositoryUrl }),
        },
        audience: (0,decide_all/* audienceOf */.O)(run, planned.isShared),
        runId: context.runId,
        tags: tags.value,
        secrets: secrets.value,
        commitArgs: await commitArgs(planned.plan, planned.snapshot, run),
        ...run.ports,
        ...abilities.value,
        layerCaching,
        signal,
        notify: (notice) => {
            (0,pipeline_job/* notify */.me)(run, notice);
        },
        on: (event) => {
            progress.show(event);
        },
        record: (outcome) => book.add(withoutSecrets(outcome, run)),
    }).finally(() => {
        progress.end();
    });
    await (0,pipeline_job/* reportLayouts */.Ae)(run);
    await (0,pipeline_job/* reportLayers */.xm)(run);
    await contextNotices(outcomes, planned, run);
    return (0,model_failure.ok)(outcomes.map((outcome) => withoutSecrets(outcome, run)));
}
/** A leg points no tag but the fingerprint's: tags are moved when all legs have ended. */
async function tagsFor(planned, run, isDirty) {
    return run.request.shard === undefined ? tagsOf(planned, { run, isDirty }) : (0,model_failure.ok)(new Map());
}
/** A run that builds nothing needs no builder, nor Docker. */
async function abilitiesFor({ plan, abilities }, { request, ports }) {
    if (!(0,model_plan/* isBuilding */.Hf)(plan.images))
        return (0,model_failure.ok)({ hasLayouts: false, hasLayerCaches: false });
    return abilities ?? ports.builder.available(request.builder);
}
/** What a push from a terminal would publish without a commit that holds it: inputs, Dockerfiles, configuration. */
async function uncommittedOf({ plan, snapshot }, run) {
    const { request, job, ports } = run;
    if (!request.push || job.context.trigger.kind !== 'terminal')
        return (0,model_failure.ok)([]);
    const services = plan.images
        .filter(({ decision }) => decision.kind !== 'skip')
        .map(({ service }) => service);
    const definitions = services.flatMap(recipe/* textPaths */.iD);
    const configs = request.config === undefined ? load/* CONFIG_PATHS */.iE : [request.config];
    const changed = await ports.git.uncommitted([...new Set([...definitions, ...configs])]);
    if (!changed.ok)
        return changed;
    const inputs = services.flatMap(({ name }) => snapshot.inputs.get(name)?.uncommitted ?? []);
    return (0,model_failure.ok)([...new Set([...inputs, ...changed.value])]);
}
function dirty(paths) {
    const shown = (0,notices/* listed */.KE)(paths.map((path) => JSON.stringify(path)));
    const message = `images would be made of what no commit has (${shown}); commit it (or list what no image needs in .dockerignore), or push with --allow-dirty`;
    return { kind: 'usage', message };
}

;// CONCATENATED MODULE: ./src/pipeline/cleanup.ts


/** Removes from this Docker what runs made and nobody can name any more, if that was asked for; it never fails a run. */
async function cleanUp(run) {
    const { request, ports } = run;
    if (request.cleanup === undefined || request.mode !== 'build')
        return;
    const cleared = await ports.containers.clear();
    if (!cleared.ok) {
        const problem = (0,model_failure/* textOf */.b6)(cleared.failures);
        (0,pipeline_job/* notify */.me)(run, { message: `What earlier runs left in Docker was not removed: ${problem}` });
        return;
    }
    const { containers, reclaimed } = cleared.value;
    const stopped = containers === 1 ? '1 stopped container' : `${containers} stopped containers`;
    ports.host.progress(`Removed dangling images (${reclaimed}) and ${stopped}`);
}

// EXTERNAL MODULE: ./src/plan/diff.ts
var diff = __webpack_require__(88256);
;// CONCATENATED MODULE: ./src/plan/overlay.ts


/**
 * How each image of a plan ended in the legs of its run: by the newest result, whichever leg it is of. What a leg made of
 * other content than the plan's is not taken. An image that is to be rebuilt and that no leg tells of has failed.
 */
function overlaid(images, evidence) {
    const both = {
        planned: new Map(images.map((image) => [image.service.name, image])),
        found: newestOf(evidence.legs),
    };
    const notices = [];
    const outcomes = images.map((image) => {
        const { decision, service } = image;
        if (decision.kind === 'skip' && decision.isUnneeded !== true)
            return { kind: 'skipped', image };
        const one = both.found.get(keyOf(service));
        const match = one && matchOf(image, one, both);
        if (match?.notice)
            notices.push(match.notice);
        const told = one && match?.isTaken ? toldBy(one, image, evidence) : undefined;
        return told ?? untold(image, evidence, match?.isTaken === false);
    });
    return { outcomes: withoutOrphans(outcomes), notices };
}
/** What was blocked has failed itself where what blocked it has an image by now: nobody else would tell that it has none. */
function withoutOrphans(outcomes) {
    const byName = new Map(outcomes.map((outcome) => [outcome.image.service.name, outcome]));
    const standing = new Set(outcomes.filter(({ kind }) => kind === 'failed'));
    for (let size = -1; size < standing.size;) {
        size = standing.size;
        for (const outcome of outcomes) {
            const blocker = outcome.kind === 'blocked' ? byName.get(outcome.by) : undefined;
            if (blocker !== undefined && standing.has(blocker))
                standing.add(outcome);
        }
    }
    return outcomes.map((outcome) => outcome.kind !== 'blocked' || standing.has(outcome) ? outcome : orphaned(outcome));
}
function orphaned({ image, by }) {
    const message = `\`${image.service.name}\` has no result: its leg waited for \`${by}\`, which had failed; run that leg again`;
    return { kind: 'failed', image, failure: { kind: 'artifact-failed', message } };
}
/** Of the images by `keyOf` the result of the newest attempt; within one a success counts before anything else. */
function newestOf(legs) {
    const newest = new Map();
    for (const leg of legs) {
        for (const result of leg.results) {
            const key = `${result.repository} ${result.name}`;
            const before = newest.get(key);
            if (result.end.kind !== 'cancelled' && (before === undefined || isNewer({ leg, result }, before)))
                newest.set(key, { leg, result });
        }
    }
    return newest;
}
/** Two configurations of one run may both have an image of a name. */
function keyOf({ image, name }) {
    return `${(0,model_service/* fullName */.f)(image)} ${name}`;
}
function isNewer(one, other) {
    if (one.leg.attempt !== other.leg.attempt)
        return one.leg.attempt > other.leg.attempt;
    return rank(one) > rank(other);
}
/** Two legs tell of one image when it was at hand for neither: one of them may have taken what the other built. */
function rank({ result: { end } }) {
    return ['blocked', 'failed', 'reused', 'built'].indexOf(end.kind);
}
/**
 * A leg and this job may have found other digests of images of others, which move while a run goes on; then what the leg
 * built is as good. Everything else is the same in both, or what is pointed at would not be what the plan says.
 */
function matchOf({ service, fingerprint }, one, both) {
    if (one.result.fingerprint === fingerprint.digest)
        return { isTaken: true };
    const reasons = (0,diff/* diff */.U)(one.result.document, fingerprint.document);
    const isMoved = reasons.length > 0 && reasons.every((reason) => isOfOthers(reason, one, both));
    const sections = reasons.map(sectionOf).join(', ') || 'what it was made from';
    const by = `leg \`${one.leg.shard}\``;
    const message = isMoved
        ? `\`${service.name}\` is as ${by} built it, although ${sections} moved since; the next run builds it again`
        : `what ${by} did for \`${service.name}\` is not used: ${sections} differed there; give both jobs the same inputs, variables and files, and name the sources of files that an earlier step makes under \`generated\``;
    return { isTaken: isMoved, notice: { message } };
}
/** Or of an image of ours, which differs for no other reason itself. */
function isOfOthers(reason, { result }, both) {
    if (reason.kind === 'upstream')
        return true;
    if (reason.kind !== 'base')
        return false;
    const parent = both.planned.get(reason.name);
    const built = parent && both.found.get(keyOf(parent.service));
    return (parent !== undefined &&
        built !== undefined &&
        result.document.parents?.[reason.name] === built.result.fingerprint &&
        matchOf(parent, built, both).isTaken);
}
function sectionOf(reason) {
    switch (reason.kind) {
        case 'build-args':
        case 'options':
        case 'contexts':
            return `${reason.kind} (${reason.names.join(', ')})`;
        case 'upstream':
            return `the image \`${reason.ref}\``;
        case 'base':
            return `the base \`${reason.name}\``;
        case 'no-record':
        case 'forced':
        case 'files':
        case 'lockfile':
        case 'dockerfile':
        case 'untracked-input':
        case 'format':
        case 'image-missing':
        case 'expired':
        case 'unknown-range':
            return reason.kind;
    }
}
/** `undefined` for a result that is of no use any more. */
function toldBy({ leg, result }, image, evidence) {
    const { end, decision, document, fingerprint: digest } = result;
    const asBuilt = { ...image, decision, fingerprint: { ...image.fingerprint, document, digest } };
    switch (end.kind) {
        case 'built':
            if (evidence.push && end.digest === undefined)
                return undefined;
            return { ...end, image: { ...asBuilt, changed: image.service.kind === 'service' } };
        case 'reused':
            return evidence.push && end.digest === undefined ? undefined : { ...end, image: asBuilt };
        case 'failed':
        case 'blocked':
            // An image that has come to exist since an earlier attempt is there, whoever built it.
            return leg.attempt < evidence.attempt && image.decision.kind !== 'rebuild'
                ? undefined
                : { ...end, image: { ...image, decision } };
        case 'cancelled':
            return undefined;
    }
}
/** The plan has asked the registry: what it reuses is there. */
function untold(image, { legs, reused }, isRefused) {
    const { decision, service, fingerprint } = image;
    if (reused.get(service.name) === fingerprint.digest)
        return { kind: 'reused', image };
    switch (decision.kind) {
        case 'skip':
            return { kind: 'skipped', image };
        case 'reuse':
            return {
                ...{ kind: 'reused', image },
                ...(decision.digest !== undefined && { digest: decision.digest }),
            };
        case 'rebuild':
            return { kind: 'failed', image, failure: withoutResult(image, legs, isRefused) };
    }
}
function withoutResult({ service }, legs, isRefused) {
    const own = legs
        .filter(({ images }) => images.includes(service.name))
        .sort((a, b) => b.attempt - a.attempt)[0];
    const why = isRefused
        ? 'what its leg did is not used'
        : own === undefined
            ? 'its leg did not end'
            : `leg \`${own.shard}\` ended without it${own.problems.map((problem) => `: ${problem}`).join('')}`;
    return { kind: 'artifact-failed', message: `\`${service.name}\` has no result: ${why}` };
}

;// CONCATENATED MODULE: ./src/state/handed-plan.ts
/** Name → fingerprint of the images that a plan which was handed on reuses; none where the text is no plan. */
function reusedIn(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return new Map();
    }
    if (value?.version !== 1 || !Array.isArray(value.images))
        return new Map();
    const reused = value.images.filter(isPlanned).filter(({ decision }) => decision === 'reuse');
    return new Map(reused.map(({ name, fingerprint }) => [name, fingerprint]));
}
function isPlanned(value) {
    const { name, decision, fingerprint } = (value ?? {});
    return [name, decision, fingerprint].every((text) => typeof text === 'string');
}

// EXTERNAL MODULE: ./src/state/record.ts
var record = __webpack_require__(10388);
;// CONCATENATED MODULE: ./src/state/shape.ts
/** An object with these fields and no others. A field that is added to the type fails to compile until it is checked. */
function shape(fields) {
    const checks = Object.entries(fields);
    const known = new Set(Object.keys(fields));
    return (value) => isObject(value) &&
        Object.keys(value).every((name) => known.has(name)) &&
        checks.every(([name, check]) => check(value[name]));
}
function optional(check) {
    return (value) => value === undefined || check(value);
}
function listOf(check) {
    return (value) => Array.isArray(value) && value.every((one) => check(one));
}
/** One of the texts of a type: one that is added to it fails to compile until it is here. */
function oneOf(texts) {
    const all = new Set(Object.keys(texts));
    return (value) => all.has(value);
}
/** One of several objects, told apart by their `kind`. */
function ofKind(checks) {
    const byKind = new Map(Object.entries(checks));
    return (value) => isObject(value) && byKind.get(value['kind'])?.(value) === true;
}
function isText(value) {
    return typeof value === 'string';
}
function isNumber(value) {
    return typeof value === 'number';
}
function isTrue(value) {
    return value === true;
}
function isMatch(pattern) {
    return (value) => typeof value === 'string' && pattern.test(value);
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./src/state/leg.ts


const KIND = 'smart-image-build-leg';
const VERSION = 1;
/** Of the log of a build that failed: the whole is in the log of its job. */
const leg_MOST_LINES = 200;
/** The text of a run artifact. */
function encodeLeg(leg) {
    const results = leg.results.map((result) => ({ ...result, end: withShortLog(result.end) }));
    return JSON.stringify({ kind: KIND, version: VERSION, ...leg, results });
}
function withShortLog(end) {
    if (end.kind !== 'failed' || end.failure.kind !== 'build-failed')
        return end;
    return { ...end, failure: { ...end.failure, log: end.failure.log.slice(-leg_MOST_LINES) } };
}
/** Strict: what is not exactly what `encodeLeg` writes is a problem, never half a leg. */
function decodeLeg(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return { problem: 'it is not JSON' };
    }
    if (value?.kind !== KIND)
        return { problem: 'it is not what a leg leaves' };
    if (value.version !== VERSION)
        return { problem: `its version ${String(value.version)} is not ${VERSION}` };
    if (!isStored(value))
        return { problem: 'it is malformed' };
    const { shard, attempt, images, results, problems, notices } = value;
    return { leg: { shard, attempt, images, results, problems, notices } };
}
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const isHash = isMatch(/^[0-9a-f]{64}$/);
const isDigest = isMatch(/^sha256:[0-9a-f]{64}$/);
const isTexts = listOf(isText);
const isPlace = shape({ file: isText, line: isNumber, column: isNumber });
const isNotice = shape({ message: isText, place: optional(isPlace) });
const isReason = ofKind({
    'no-record': shape({ kind: isText }),
    forced: shape({ kind: isText }),
    files: shape({
        kind: isText,
        added: optional(isNumber),
        modified: optional(isNumber),
        removed: optional(isNumber),
        paths: optional(isTexts),
    }),
    lockfile: shape({ kind: isText, path: isText }),
    dockerfile: shape({ kind: isText, lines: optional(listOf(isNumber)) }),
    'untracked-input': shape({ kind: isText, paths: isTexts }),
    'build-args': shape({ kind: isText, names: isTexts }),
    options: shape({ kind: isText, names: isTexts }),
    contexts: shape({ kind: isText, names: isTexts }),
    upstream: shape({
        kind: isText,
        ref: isText,
        from: optional(isText),
        to: optional(isText),
    }),
    format: shape({ kind: isText }),
    'image-missing': shape({ kind: isText }),
    base: shape({ kind: isText, name: isText, isAnew: optional(isTrue) }),
    expired: shape({ kind: isText, builtAt: optional(isText) }),
    'unknown-range': shape({ kind: isText, problem: isText }),
});
const isDecision = ofKind({
    rebuild: shape({ kind: isText, reasons: listOf(isReason) }),
    reuse: shape({
        kind: isText,
        digest: optional(isDigest),
        found: oneOf({ record: true, registry: true, engine: true, layout: true, range: true }),
    }),
    skip: shape({ kind: isText, isUnneeded: optional(isTrue) }),
});
const isPlain = shape({ kind: isText, message: isText });
const isFailure = ofKind({
    'config-invalid': shape({
        kind: isText,
        message: isText,
        place: optional(isPlace),
    }),
    usage: isPlain,
    'environment-missing': isPlain,
    'git-failed': isPlain,
    'registry-failed': isPlain,
    'registry-denied': isPlain,
    'engine-failed': isPlain,
    'artifact-failed': isPlain,
    'verification-failed': isPlain,
    'build-failed': shape({
        kind: isText,
        message: isText,
        cause: oneOf({
            ...{ code: true, registry: true, disk: true, builder: true },
            ...{ 'cache-import': true, 'cache-export': true },
        }),
        log: isTexts,
        tail: isTexts,
        place: optional(isPlace),
        retryAfterMs: optional(isNumber),
        free: optional(shape({ folder: isText, bytes: isNumber })),
    }),
    interrupted: isPlain,
    unexpected: isPlain,
});
const isEnd = ofKind({
    built: shape({
        kind: isText,
        digest: optional(isDigest),
        sizeBytes: optional(isNumber),
        startedAt: isMatch(TIME),
        durationMs: isNumber,
        status: shape({
            steps: isNumber,
            done: isNumber,
            cached: isNumber,
            contextBytes: isNumber,
            pushedBytes: isNumber,
        }),
        parents: record/* isDigests */.qL,
    }),
    reused: shape({ kind: isText, digest: optional(isDigest) }),
    failed: shape({
        kind: isText,
        failure: isFailure,
        startedAt: optional(isMatch(TIME)),
        durationMs: optional(isNumber),
    }),
    blocked: shape({ kind: isText, by: isText }),
    cancelled: shape({ kind: isText }),
});
const isStored = shape({
    kind: isText,
    version: isNumber,
    shard: isText,
    attempt: isNumber,
    images: isTexts,
    results: listOf(shape({
        name: isText,
        repository: isText,
        fingerprint: isHash,
        document: record/* isDocument */.wz,
        decision: isDecision,
        end: isEnd,
    })),
    problems: isTexts,
    notices: listOf(isNotice),
});

;// CONCATENATED MODULE: ./src/pipeline/legs.ts




/** What names of the run artifacts of legs begin with, and of the plan's, which is none. */
const LEGS = 'smart-image-build-';
const PLAN = /^(?:[0-9a-f]{8}-)?plan-\d+(?:-[0-9a-f]{8})?$/;
/**
 * Name of a run artifact, which no other of the run may have: a configuration elsewhere than at the usual places has legs
 * of its own. What a leg tells of its images names their repositories, so that all of them may be read together.
 */
function artifactName(what, run, attempt = run.job.context.attempt ?? 1) {
    const { job, request } = run;
    const { folder = '' } = job;
    const { config = '' } = request;
    const identity = (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([folder, config]), 'utf8')
        .digest('hex');
    const own = folder === '' && config === '' ? '' : `${identity.slice(0, 8)}-`;
    return `${LEGS}${own}${what}-${attempt}`;
}
/** What the legs and the plan of this run have left so far. A leg that cannot be read has left nothing. */
async function leftBehind(run) {
    const { texts, problems } = await run.ports.artifacts.read(LEGS);
    const legs = [];
    const unusable = [...problems];
    for (const [name, text] of texts) {
        if (PLAN.test(name.slice(LEGS.length)))
            continue;
        const decoded = decodeLeg(text);
        if ('leg' in decoded)
            legs.push(decoded.leg);
        else
            unusable.push(`${name}: ${decoded.problem}`);
    }
    for (const problem of unusable)
        (0,pipeline_job/* notify */.me)(run, { message: `Results of a leg cannot be read: ${problem}` });
    return { legs, reused: reusedByPlan(texts, run) };
}
function reusedByPlan(texts, run) {
    for (let attempt = run.job.context.attempt ?? 1; attempt > 0; attempt -= 1) {
        const text = texts.get(artifactName('plan', run, attempt));
        if (text !== undefined)
            return reusedIn(text);
    }
    return new Map();
}

// EXTERNAL MODULE: ./src/pipeline/plan.ts + 1 modules
var pipeline_plan = __webpack_require__(88227);
// EXTERNAL MODULE: ./src/plan/decide.ts
var decide = __webpack_require__(92759);
// EXTERNAL MODULE: ./src/state/decode.ts
var decode = __webpack_require__(2611);
// EXTERNAL MODULE: ./src/pipeline/stored.ts + 1 modules
var pipeline_stored = __webpack_require__(33428);
;// CONCATENATED MODULE: ./src/pipeline/record.ts







/**
 * Adds successes to the state and stores it after each build, one store at a time, and at the end: a run that is killed
 * loses no build.
 */
class Recorder {
    #run;
    #records = new Map();
    /** Services that the run wants deployed. */
    #offered = new Set();
    #deliveries = [];
    /** What others recorded. */
    #before;
    #stored = Promise.resolve();
    /** Something is not stored yet. */
    #isDue = false;
    #isBroken = false;
    constructor(before, run) {
        this.#before = before;
        this.#run = run;
    }
    /** Records what exists now; it counts as delivered only with `complete`. */
    async add(outcome) {
        this.#take(outcome);
        if (outcome.kind === 'built')
            await this.#store();
    }
    /** Like `add` for each, stored once: what other jobs built is not lost with this one. */
    async addAll(outcomes) {
        for (const outcome of outcomes)
            this.#take(outcome);
        if (this.#records.size > 0)
            await this.#store();
    }
    #take(outcome) {
        const record = this.#recordOf(outcome);
        if (record === undefined)
            return;
        this.#records.set(record.service, record);
        if (outcome.image.changed)
            this.#offered.add(record.service);
    }
    /**
     * The run came to its end, and offers for deployment all that it recorded. What an interrupted run offers is deployed by
     * nobody, so that the next run has to offer it again.
     */
    async complete() {
        if (this.#records.size === 0)
            return;
        const { signal } = this.#run.job;
        // Another run may have come to its end meanwhile. What it offered runs, where this run offers nothing.
        this.#before = (0,merge/* newerOf */.pJ)(this.#before, await (0,pipeline_stored/* storedNow */.uj)(this.#run));
        const known = (0,merge/* ofOthers */.Np)(this.#before.deliveries);
        const offered = [...this.#records.values()].filter(({ service }) => this.#offered.has(service) || !known.has(service));
        if (!signal.aborted)
            this.#deliveries = offered.map((record) => this.#delivery(record, known.get(record.service)));
        await this.#store();
        if (!signal.aborted || this.#deliveries.length === 0)
            return;
        this.#deliveries = [];
        await this.#store();
    }
    #delivery(record, before) {
        const { service, image, fingerprint, digest, runId, recordedAt: at } = record;
        // What a run without push offers is in no registry: the digest stays that of the last push.
        const pushed = this.#run.request.push ? digest : before?.digest;
        return { service, image, fingerprint, runId, at, ...(pushed !== undefined && { digest: pushed }) };
    }
    /** Ends when all that is known now is stored: while one store is under way, those who ask have the next in common. */
    #store() {
        this.#isDue = true;
        this.#stored = this.#stored.then(() => this.#storeIfDue());
        return this.#stored;
    }
    async #storeIfDue() {
        if (!this.#isDue)
            return;
        this.#isDue = false;
        const additions = { records: [...this.#records.values()], deliveries: this.#deliveries };
        const state = await (0,merge/* combined */.yX)(this.#before, additions, (commit) => orderOf(commit, this.#run));
        await this.#save((0,decode/* encodeState */.Md)(state));
    }
    async #save(text) {
        if (this.#isBroken)
            return;
        const problem = await this.#run.ports.store.save(this.#before.scope, text);
        if (problem === undefined)
            return;
        this.#isBroken = true;
        (0,pipeline_job/* notify */.me)(this.#run, { message: `What was built could not be recorded: ${problem}` });
    }
    #recordOf(outcome) {
        if (outcome.kind !== 'built' && outcome.kind !== 'reused')
            return undefined;
        const { job, ports, request } = this.#run;
        const { image, digest } = outcome;
        const before = (0,decide/* ownRecord */.MY)(image);
        const durationMs = outcome.kind === 'built' ? outcome.durationMs : before?.durationMs;
        // A run that does not push leaves standing what an earlier one pushed of this content.
        const pushed = request.push ? digest : (0,decide/* matches */.cK)(image) ? before?.digest : undefined;
        const isBefore = pushed !== undefined && pushed === before?.digest;
        const measured = outcome.kind === 'built' ? outcome.sizeBytes : undefined;
        const sizeBytes = measured ?? (isBefore ? before.sizeBytes : undefined);
        const parents = outcome.kind === 'built' ? outcome.parents : image.builtFrom;
        const isBuiltFrom = request.push && parents !== undefined && Object.keys(parents).length > 0;
        return {
            service: image.service.name,
            image: (0,model_service/* fullName */.f)(image.service.image),
            fingerprint: image.fingerprint.digest,
            document: image.fingerprint.document,
            commit: ports.git.head,
            runId: job.context.runId,
            recordedAt: new Date(ports.clock.now()).toISOString(),
            ...(pushed !== undefined && { digest: pushed }),
            ...(sizeBytes !== undefined && { sizeBytes }),
            ...(isBuiltFrom && { parents }),
            ...(durationMs !== undefined && { durationMs }),
        };
    }
}

;// CONCATENATED MODULE: ./src/pipeline/collect.ts











/**
 * Merges what the legs of this run came to with the plan, which is made again, and points the tags of every image that
 * exists, the reused ones too. Builds nothing: what is missing is a failed image.
 */
async function collect(run, started) {
    const stored = await (0,pipeline_stored/* loadStored */.cg)(run);
    const loaded = await (0,load/* loadServices */.rZ)(run, stored.memo.config);
    if (!loaded.ok)
        return loaded;
    const { legs, reused } = await leftBehind(run);
    noteAll(legs, run);
    const planned = await (0,pipeline_plan/* makePlan */.C)(loaded.value, stored, { ...run, upstream: upstreamOf(legs) });
    if (!planned.ok)
        return planned;
    const { plan, state, isShared } = planned.value;
    const { request, ports, job } = run;
    const told = overlaid(plan.images, {
        ...{ legs, attempt: job.context.attempt ?? 1, push: request.push },
        reused: request.push ? new Map() : reused,
    });
    for (const notice of told.notices)
        (0,pipeline_job/* notify */.me)(run, notice);
    const merged = { ...plan, images: told.outcomes.map(({ image }) => image) };
    const tags = await tagsOf({ ...planned.value, plan: merged }, { run, isDirty: false });
    if (!tags.ok)
        return tags;
    const execution = {
        ...{ request, tags: tags.value, audience: (0,decide_all/* audienceOf */.O)(run, isShared) },
        ...{ registry: ports.registry, engine: ports.engine },
        notify: pipeline_job/* notify */.me.bind(undefined, run),
    };
    const outcomes = await Promise.all(told.outcomes.map(async (outcome) => {
        if (outcome.kind !== 'built' && outcome.kind !== 'reused')
            return outcome;
        const { image, digest } = outcome;
        if (job.signal.aborted)
            return { kind: 'cancelled', image };
        const existing = { digest, isLoaded: false, isReused: outcome.kind === 'reused' };
        const delivered = await (0,deliver/* deliver */.c)(image, existing, execution);
        const [failure] = delivered.kind === 'done' ? [] : delivered.failures;
        return failure === undefined ? outcome : { kind: 'failed', image, failure };
    }));
    const recorder = new Recorder(state, run);
    await recorder.addAll(outcomes);
    const durationMs = ports.clock.now() - started;
    return (0,model_failure.ok)({ result: { plan: merged, outcomes, notices: run.notices, durationMs }, recorder });
}
/** Images of others move while a run goes on; later runs are to go by what the newest legs went by. */
function upstreamOf(legs) {
    const inOrder = legs.toSorted((a, b) => a.attempt - b.attempt);
    const results = inOrder.flatMap((leg) => leg.results);
    return new Map(results.flatMap(({ document }) => Object.entries(document.upstream ?? {})));
}
/** What legs had to say belongs to the summary; their own jobs have shown it already. */
function noteAll(legs, { notices }) {
    const known = new Set(notices.map(({ message }) => message));
    for (const notice of legs.flatMap((leg) => leg.notices)) {
        if (!known.has(notice.message))
            notices.push(notice);
        known.add(notice.message);
    }
}

;// CONCATENATED MODULE: ./src/report/comment-marker.ts

const STAMP = /^<!-- smart-image-build:[0-9a-f]{32} run=(\d{1,15}) attempt=(\d{1,9}) commit=([0-9a-f]{40,64}) -->/;
/** What a comment of this identity begins with: nothing that only quotes the marker further down is taken for one. */
function markerBeginning({ workflow, folder, config, services }) {
    const identity = JSON.stringify([workflow, folder, config, ...services]);
    const hash = (0,external_node_crypto_.createHash)('sha256').update(identity, 'utf8').digest('hex').slice(0, 32);
    return `<!-- smart-image-build:${hash} `;
}
/** The first line of a comment, which readers do not see. */
function marker(identity, { run, attempt, commit }) {
    return `${markerBeginning(identity)}run=${run} attempt=${attempt} commit=${commit} -->`;
}
/** `undefined` for a body whose first line was changed. */
function stampOf(body) {
    const [, run, attempt, commit = ''] = STAMP.exec(body) ?? [];
    return run === undefined ? undefined : { run: Number(run), attempt: Number(attempt), commit };
}
/** Below zero where the first was written by an older run; a stamp that cannot be read is older than any. */
function compareStamps(a, b) {
    if (a === undefined || b === undefined)
        return Number(a !== undefined) - Number(b !== undefined);
    return a.run - b.run || a.attempt - b.attempt;
}

;// CONCATENATED MODULE: ./src/report/fitted.ts
/** The section with as many items as its budget, in bytes of UTF-8, holds; empty when it has none or not even its frame fits. */
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

;// CONCATENATED MODULE: ./src/report/markdown-text.ts

const LONGEST_LOG_LINE = 500;
const SHORTEST_FENCE = 3;
/**
 * Any text as literal inline text of GitHub's Markdown, also within a table cell or an HTML element: nothing in it
 * formats, links, mentions a user or refers to an issue, and it stays on its line.
 */
function markdownText(text) {
    return (0,visible/* visible */.RK)(text)
        .replace(/[&<>"`*_[\]\\|~#@:$]/gu, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/&#(?:35|64);|\bGH(?=-\d)/giu, '$&&#8203;') // a rendered `@name`, `#1` or `GH-1` would still be linked
        .replace(/www\./giu, (address) => `${address.slice(0, -1)}&#46;`);
}
/** A number with its unit, which stay on one line. */
function unbroken(text) {
    return text.replaceAll(' ', '&nbsp;');
}
/** Lines of a log as a code block that nothing in them can end. */
function codeBlock(log) {
    const lines = log.map((line) => shortened((0,visible/* visibleLog */.Fu)(line)));
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

;// CONCATENATED MODULE: ./src/report/image-table.ts

const COLUMNS = [
    {
        title: 'image',
        rule: '---',
        cell: ({ service, isBase }) => markdownText(service) + (isBase ? ' (base)' : ''),
    },
    {
        title: 'result',
        rule: '---',
        cell: ({ verdict, result }) => (verdict === 'failed' ? `**${result}**` : result),
    },
    { title: 'why', rule: '---', cell: ({ why }) => markdownText(why) },
    { title: 'time', rule: '---:', cell: ({ time }) => unbroken(time) },
    { title: 'steps', rule: '---', cell: ({ steps }) => unbroken(steps) },
    { title: 'sent', rule: '---:', cell: ({ sent }) => unbroken(sent) },
    { title: 'pushed', rule: '---:', cell: ({ pushed }) => unbroken(pushed) },
    // Its change may stand on the next line.
    { title: 'size', rule: '---:', cell: ({ size }) => size.split(' (').map(unbroken).join(' (') },
    { title: 'digest', rule: '---', cell: ({ digest }) => (digest === '' ? '' : `\`${digest}\``) },
];
/** What a builder can be tuned by. */
const DETAILS = ['steps', 'sent', 'pushed'];
/** Images as a table of Markdown, without columns that would be empty. */
function imageTable(rows) {
    return tableOf(rows, COLUMNS);
}
/** The same without what only matters to who looks into a build. */
function shortImageTable(rows) {
    const columns = COLUMNS.filter(({ title }) => !DETAILS.includes(title));
    return tableOf(rows, columns);
}
function tableOf(rows, columns) {
    const filled = columns.filter(({ cell }) => rows.some((row) => cell(row) !== ''));
    return {
        head: line(filled.map(({ title }) => title)) + line(filled.map(({ rule }) => rule)),
        items: rows.map((row) => line(filled.map(({ cell }) => cell(row)))),
        // Cells that a row lacks are empty.
        more: (left) => `| … and ${left} more |\n`,
    };
}
function line(cells) {
    return `| ${cells.join(' | ')} |\n`;
}

;// CONCATENATED MODULE: ./src/report/parts.ts


function tableSection({ head, ...others }) {
    return { head: `\n${head}`, ...others, foot: '' };
}
/** A table that is folded away. */
function foldedSection({ head, ...others }, title) {
    const summary = `\n<details><summary>${title}</summary>\n\n${head}`;
    return { head: summary, ...others, foot: '\n</details>\n' };
}
/** One item of a list for each notice. */
function noticeItems({ notices }) {
    return notices.map(({ message, place }) => {
        const where = place === undefined ? '' : ` (${markdownText(`${place.file}, line ${place.line}`)})`;
        return `- ${markdownText((0,visible/* visibleMessage */.kL)(message))}${where}\n`;
    });
}
/** The ends of the logs of what failed, so many lines of each. */
function logItems(rows, most) {
    return rows
        .filter(({ log }) => log.length > 0)
        .map(({ service, log }) => {
        const lines = log.slice(-most);
        const which = lines.length === log.length ? '' : `last ${lines.length} of ${log.length} lines of the `;
        const title = `<b>${markdownText(service)}</b>: ${which}log`;
        return `\n<details><summary>${title}</summary>\n\n${codeBlock(lines)}\n\n</details>\n`;
    });
}

;// CONCATENATED MODULE: ./src/report/comment.ts








/** GitHub refuses a longer body: "Body is too long (maximum is 65536 characters)". No character is less than a byte. */
const MOST_BYTES = 65_536;
const LOG_LINES = 20;
/**
 * What a pull request is told of a run: what was built or failed, and why; the rest folded away. Begins with the marker,
 * and is never longer than GitHub takes.
 */
function commentMarkdown(result, options) {
    const rows = resultRows(result).sort((a, b) => URGENCY[b.verdict] - URGENCY[a.verdict]);
    // Skipped images are counted in the heading, not listed.
    const listed = rows.filter(({ verdict }) => URGENCY[verdict] > URGENCY.reused);
    const reused = rows.filter(({ verdict }) => URGENCY[verdict] === URGENCY.reused);
    const heading = headingOf(result, options);
    // Each takes what it needs up to a share of what is left, so that none starves the next.
    let left = MOST_BYTES - Buffer.byteLength(heading);
    const fit = (section, share) => {
        const text = fitted(section, left * share);
        left -= Buffer.byteLength(text);
        return text;
    };
    const table = fit(tableSection(shortImageTable(listed)), 0.5);
    const logs = fit(logsOf(rows), 0.5);
    const notices = fit(noticesOf(result), 0.3);
    const references = fit(referencesOf(result), 0.5);
    return (heading +
        table +
        logs +
        fit(foldedSection(shortImageTable(reused), `${reused.length} reused`), 1) +
        references +
        notices);
}
function headingOf(result, { identity, stamp, runUrl }) {
    const { folder, config } = identity;
    const places = [folder, config].filter((path) => path !== '').map((path) => ` ${markdownText(path)}`);
    const title = `### Images${places.length === 0 ? '' : ` of${places.join(',')}`}: ${resultSummary(result)}`;
    const base = result.plan.base === undefined ? '' : `, compared with \`${shortDigest(result.plan.base)}\``;
    const link = runUrl === undefined ? '' : `[All of the run](${encodeURI(runUrl)}).`;
    const facts = [`Commit \`${shortDigest(stamp.commit)}\`${base}.`, savedText(result), link];
    return `${marker(identity, stamp)}\n${title}\n\n${facts.filter((fact) => fact !== '').join(' ')}\n`;
}
function logsOf(rows) {
    const more = (left) => `\n… and the logs of ${left} more\n`;
    return { head: '', items: logItems(rows, LOG_LINES), more, foot: '' };
}
/** What to pull, in full, of all that is in a registry. */
function referencesOf({ outcomes = [] }) {
    const items = outcomes.flatMap((outcome) => {
        if (outcome.kind !== 'built' && outcome.kind !== 'reused')
            return [];
        const { image, digest } = outcome;
        // No line within the block can end it: what ends a block consists of its fence alone.
        return digest === undefined ? [] : [`${(0,visible/* visible */.RK)(`${(0,model_service/* fullName */.f)(image.service.image)}@${digest}`)}\n`];
    });
    const head = `\n<details><summary>${items.length} by digest</summary>\n\n\`\`\`\n`;
    return { head, items, more: (left) => `… and ${left} more\n`, foot: '```\n\n</details>\n' };
}
function noticesOf(result) {
    const items = noticeItems(result);
    const head = `\n<details><summary>${items.length} ${items.length === 1 ? 'notice' : 'notices'}</summary>\n\n`;
    return { head, items, more: (left) => `- … and ${left} more\n`, foot: '\n</details>\n' };
}

;// CONCATENATED MODULE: ./src/pipeline/comment.ts




/** Waits before another try, while the service fails. */
const TRIES_MS = [1000, 3000];
/** A service that wants to be left alone for longer is left alone. */
const LONGEST_WAIT_MS = 15_000;
/** Longer than another run takes between its look and its write. */
const SETTLE_MS = 1000;
/** Of looks: each but the last may find that another run wrote meanwhile. */
const MOST_LOOKS = 4;
/**
 * Shows the result below the run's pull request, in one comment that is kept up to date. Called once, before the summary
 * is written: what goes wrong is a notice there, and never the run's failure.
 */
async function comment(result, run) {
    const { request, ports } = run;
    const { comment: wish, mode } = request;
    const isAsked = mode === 'plan' ? wish === 'always' : wish !== 'never';
    if (!isAsked || isStopped(run))
        return;
    const { thread } = ports;
    if (thread === undefined) {
        const message = 'There is no comment: this run is not for a pull request.';
        if (wish === 'always')
            (0,pipeline_job/* notify */.me)(run, { message });
        return;
    }
    const draft = draftOf(result, run);
    const written = await patiently(() => settle(thread, draft, run), run);
    if (written.kind === 'done' || isStopped(run))
        return;
    const mend = written.kind === 'denied' ? `; ${mendOf(run)}` : '';
    (0,pipeline_job/* notify */.me)(run, { message: `The pull request's comment does not show this run: ${written.problem}${mend}` });
}
/** What brings the comments to where they ought to be; nothing when they are. `isWritten`: this run has written. */
function changesFor(found, draft, isWritten) {
    const [kept, ...surplus] = found;
    // What this run wrote and does not find may not be listed yet.
    if (kept === undefined)
        return draft.isNews && !isWritten ? [{ kind: 'create', body: draft.body }] : [];
    // Two runs may each have made one at the same time: the oldest keeps its place, and gets what the newest says.
    const newest = found.reduce((best, one) => (order(one, best) > 0 ? one : best));
    const behind = compareStamps(stampOf(newest.body), draft.stamp);
    const isOurs = behind < 0 || (behind === 0 && !isWritten);
    const body = isOurs ? draft.body : newest.body;
    const removals = surplus.map(({ id }) => ({ kind: 'remove', id }));
    return isOurs || newest !== kept ? [{ kind: 'update', id: kept.id, body }, ...removals] : removals;
}
function order(a, b) {
    return compareStamps(stampOf(a.body), stampOf(b.body));
}
/**
 * Looks, mends, and looks again until there is nothing to mend: a run that was slower may have written what it had
 * looked at before. Repeated as a whole after a fault, as only a look tells what became of a comment that was being made.
 */
async function settle(thread, draft, run) {
    let isWritten = false;
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
        const found = await thread.own(draft.beginning);
        if (found.kind !== 'done')
            return found;
        const changes = changesFor(found.value, draft, isWritten);
        if (changes.length === 0)
            break;
        for (const change of changes) {
            const made = await thread.make(change);
            if (made.kind !== 'done')
                return made;
            isWritten ||= change.kind !== 'remove';
        }
        await run.ports.clock.pause(SETTLE_MS, run.job.signal);
    }
    return { kind: 'done', value: undefined };
}
async function patiently(ask, run) {
    let answer = await ask();
    for (const pause of TRIES_MS) {
        if (answer.kind !== 'failed' || answer.retryAfterMs > LONGEST_WAIT_MS || isStopped(run))
            break;
        await run.ports.clock.pause(Math.max(pause, answer.retryAfterMs), run.job.signal);
        answer = await ask();
    }
    return answer;
}
/** Nobody reads what an interrupted run has to say: its successor, if there is one, says more. */
function isStopped({ job }) {
    return job.signal.aborted;
}
function draftOf(result, run) {
    const { context, folder } = run.job;
    const identity = {
        workflow: context.workflow ?? '',
        folder: folder ?? '',
        config: run.request.config ?? '',
        services: run.request.services,
    };
    const stamp = { run: Number(context.runId), attempt: context.attempt ?? 1, commit: revisionOf(run) };
    const { repositoryUrl } = context;
    const runUrl = repositoryUrl && `${repositoryUrl}/actions/runs/${context.runId}/attempts/${stamp.attempt}`;
    const body = commentMarkdown(result, { identity, stamp, ...(runUrl && { runUrl }) });
    const isNews = run.request.comment === 'always' || tellsSomething(result);
    return { beginning: markerBeginning(identity), body, stamp, isNews };
}
/** A pull request that touches no image gets no comment: whoever follows it would be told by mail that nothing happened. */
function tellsSomething({ plan, outcomes = [] }) {
    const isEventful = outcomes.some(({ kind }) => kind !== 'reused' && kind !== 'skipped');
    return isEventful || plan.images.some(({ changed, decision }) => changed && decision.kind !== 'skip');
}
function mendOf({ job }) {
    return job.context.pushForbidden === undefined
        ? 'give the job the permission `pull-requests: write`, or say `comment: never`'
        : `${job.context.pushForbidden}, so its token may only read`;
}

;// CONCATENATED MODULE: ./src/plan/balance.ts
/** Exchanges that are looked at before what was found has to do: ten thousand items take well below a second. */
const balance_MOST_LOOKS = 2_000_000;
/** Items that are few enough to look for the best division of all, and looks that this may take. */
const MOST_SEARCHED = 40;
const MOST_LOOKS_OF_SEARCH = 20_000;
/** So near to what no division could be better than, nothing better is looked for. */
const NEAR = 1.005;
/**
 * Items to at most so many legs, none of them empty, so that the longest is as short as it gets: longest first to the leg
 * that has the least (Graham 1969), then exchanges between the longest leg and another while they help, and of few items a
 * search for the best division of all. The same items in the same order give the same legs.
 */
function balanced(items, legs) {
    const goal = Math.max(largestOf(items), (weightOf(items) / legs) * NEAR);
    return divided(items, legs, goal);
}
/** The items of these legs in as few as one finds of which none is longer than that; at worst the same legs. */
function inFewer(legs, longest) {
    const items = legs.flatMap((leg) => leg.items);
    for (let count = Math.ceil(weightOf(items) / longest); count < legs.length; count += 1) {
        const found = divided(items, count, longest);
        if (largestOf(found) <= longest)
            return found;
    }
    return legs;
}
function weightOf(loads) {
    return loads.reduce((sum, { weight }) => sum + weight, 0);
}
/** Zero of nothing. */
function largestOf(loads) {
    return loads.reduce((most, { weight }) => Math.max(most, weight), 0);
}
/** Stops to look for something better when no leg is longer than `goal`. */
function divided(items, legs, goal) {
    const open = Array.from({ length: Math.min(legs, items.length) }, () => ({ items: [], weight: 0 }));
    for (const item of items.toSorted((a, b) => b.weight - a.weight)) {
        const leg = open.reduce((least, one) => (one.weight < least.weight ? one : least));
        leg.items.push(item);
        leg.weight += item.weight;
    }
    improve(open, goal);
    return items.length > MOST_SEARCHED ? open : searched(open, goal);
}
/**
 * The best of all divisions where these legs are not the best, as far as one is found: each item in turn to each leg that
 * it leaves shorter than the longest known. Exchanges of two alone miss some where a leg has few items.
 */
function searched(known, goal) {
    const items = known.flatMap((leg) => leg.items).sort((a, b) => b.weight - a.weight);
    const legs = known.map(() => ({ items: [], weight: 0 }));
    let best = known;
    let longest = largestOf(known);
    let looks = 0;
    const place = (at) => {
        const item = items[at];
        if (item === undefined) {
            best = legs.map((leg) => ({ items: [...leg.items], weight: leg.weight }));
            longest = largestOf(legs);
            return;
        }
        const tried = new Set();
        for (const leg of legs.toSorted((a, b) => a.weight - b.weight)) {
            looks += 1;
            if (longest <= goal || looks > MOST_LOOKS_OF_SEARCH)
                return;
            if (tried.has(leg.weight) || leg.weight + item.weight >= longest)
                continue;
            tried.add(leg.weight);
            leg.items.push(item);
            leg.weight += item.weight;
            place(at + 1);
            leg.items.pop();
            leg.weight -= item.weight;
        }
    };
    place(0);
    return best;
}
function improve(legs, goal) {
    const count = legs.reduce((sum, { items }) => sum + items.length, 0);
    for (let looks = 0; looks < balance_MOST_LOOKS;) {
        if (largestOf(legs) <= goal)
            return;
        const longest = legs.reduce((most, one) => (one.weight > most.weight ? one : most));
        looks += longest.items.length * (count + legs.length);
        const exchange = bestExchange(longest, legs);
        if (exchange === undefined)
            return;
        balance_carryOut(exchange, longest);
    }
}
/** `undefined` where none makes the longer of the two legs shorter. */
function bestExchange(longest, legs) {
    let best;
    for (const other of legs) {
        if (other === longest)
            continue;
        for (const given of longest.items) {
            for (const taken of [undefined, ...other.items]) {
                const less = given.weight - (taken?.weight ?? 0);
                const longer = Math.max(longest.weight - less, other.weight + less);
                if (longer >= (best?.longer ?? longest.weight))
                    continue;
                best = { given, other, longer, ...(taken !== undefined && { taken }) };
            }
        }
    }
    return best;
}
function balance_carryOut({ given, taken, other }, longest) {
    move(given, longest, other);
    if (taken !== undefined)
        move(taken, other, longest);
}
function move(item, from, to) {
    from.items.splice(from.items.indexOf(item), 1);
    to.items.push(item);
    from.weight -= item.weight;
    to.weight += item.weight;
}

;// CONCATENATED MODULE: ./src/plan/legs.ts


/** At most so many. Each runner has legs of its own; groups that want none have such, too. */
function legsFor(groups, maxJobs) {
    const torn = groups.find(({ runners }) => runners.size > 1);
    if (torn !== undefined)
        return (0,model_failure/* failed */.gz)(tooManyLevels(torn));
    const kinds = ofEachRunner(groups, runnerOf);
    if (kinds.length > maxJobs)
        return (0,model_failure/* failed */.gz)(tooManyRunners(kinds.map(runnerIn), maxJobs));
    return (0,model_failure.ok)(sharesOf(kinds, maxJobs).map(({ groups, legs }) => balanced(groups, legs)));
}
/** What wants the same runner together, in the order of the first of each. */
function ofEachRunner(items, runner) {
    const kinds = new Map();
    for (const item of items) {
        const same = kinds.get(runner(item));
        if (same === undefined)
            kinds.set(runner(item), [item]);
        else
            same.push(item);
    }
    return [...kinds.values()];
}
/** How many legs each runner's groups may have: one, and each further one goes where the most waits for a leg. */
function sharesOf(kinds, maxJobs) {
    const shares = kinds.map((groups) => ({ groups, weight: weightOf(groups), legs: 1 }));
    const waiting = ({ weight, legs }) => weight / legs;
    for (let free = maxJobs - kinds.length; free > 0; free -= 1) {
        const [first, ...others] = shares.filter(({ groups, legs }) => legs < groups.length);
        if (first === undefined)
            break;
        others.reduce((most, one) => (waiting(one) > waiting(most) ? one : most), first).legs += 1;
    }
    return shares;
}
/** As few as one finds with which the longest is no longer. */
function fewest(legs) {
    const longest = largestOf(legs.flat());
    return legs.flatMap((ofOneRunner) => inFewer(ofOneRunner, longest));
}
function runnerIn(groups) {
    return groups.map(runnerOf).find((runner) => runner !== undefined);
}
function runnerOf({ runners }) {
    return [...runners][0];
}
function tooManyLevels({ nodes, runners }) {
    const names = nodes.map(({ name, runner }) => `\`${name}\`${runner === undefined ? '' : ` (${runner})`}`);
    const message = `${names.join(', ')} are built from each other before other images are, but their \`matrix\` keys name ${runners.size} runners; name one for all of them, as legs build on two levels`;
    return { kind: 'usage', message };
}
function tooManyRunners(runners, maxJobs) {
    const names = runners.map((runner) => (runner === undefined ? 'one without a name' : `\`${runner}\``));
    const message = `the images to build want ${runners.length} runners (${names.join(', ')}), but \`max-jobs\` is ${maxJobs}; each runner needs a leg of its own`;
    return { kind: 'usage', message };
}

;// CONCATENATED MODULE: ./src/plan/levels.ts
const STEP = 0.8;
/**
 * Ways to build the images on one or two levels, the first with the fewest bases: what is connected stays together unless
 * it wants several runners. Each further way has bases more, so that no group of the second level is longer than four
 * fifths of what was allowed before, as far as there is something to part; the last has none above `smallest`.
 */
function waysToBuild(nodes, smallest) {
    const bases = new Set();
    const ways = [];
    const add = () => ways.push({ bases: connected(nodes.filter((node) => bases.has(node))), builds });
    let builds = parted(connected(nodes), bases, ({ runners }) => runners.size > 1);
    add();
    let most = builds.reduce((longest, { weight }) => Math.max(longest, weight), 0) * STEP;
    for (; most >= smallest; most *= STEP) {
        const count = bases.size;
        builds = parted(builds, bases, ({ weight }) => weight > most);
        if (bases.size > count)
            add();
    }
    return ways;
}
/** The groups of which none is to be parted, as far as it can be; what they are parted at is added to the bases. */
function parted(groups, bases, isTooLarge) {
    const left = [...groups];
    const done = [];
    for (const group of left) {
        const taken = isTooLarge(group) ? joints(group) : [];
        for (const node of taken)
            bases.add(node);
        if (taken.length === 0)
            done.push(group);
        else
            left.push(...connected(group.nodes.filter((node) => !bases.has(node))));
    }
    return done;
}
/**
 * The first images of the group that several others are built from, with all that they are built from. In a group without
 * such, which is one image and what leads to it, nothing may be parted but what wants another runner.
 */
function joints({ nodes, runners }) {
    const within = new Set(nodes);
    const branching = nodes.filter(({ after }) => after.filter((node) => within.has(node)).length > 1);
    if (branching.length === 0)
        return runners.size > 1 ? nodes.filter(({ after }) => after.some((node) => within.has(node))) : [];
    const later = new Set();
    const joint = new Set(branching);
    for (const node of nodes)
        if (node.before.some((one) => within.has(one) && (joint.has(one) || later.has(one))))
            later.add(node);
    const taken = new Set(branching.filter((node) => !later.has(node)));
    for (const node of taken)
        for (const one of node.before)
            if (within.has(one))
                taken.add(one);
    return [...taken];
}
/** The nodes in groups that have nothing to do with each other; both lists keep the order. */
function connected(nodes) {
    const left = new Set(nodes);
    const groups = [];
    for (const start of nodes) {
        if (!left.delete(start))
            continue;
        const members = [start];
        for (const node of members)
            for (const neighbour of [...node.before, ...node.after])
                if (left.delete(neighbour))
                    members.push(neighbour);
        groups.push(groupOf(members.sort((a, b) => a.place - b.place)));
    }
    return groups;
}
function groupOf(nodes) {
    return {
        nodes,
        weight: nodes.reduce((sum, { weight }) => sum + weight, 0),
        runners: new Set(nodes.flatMap(({ runner }) => runner ?? [])),
    };
}

;// CONCATENATED MODULE: ./src/plan/fill.ts



/** How much longer the first level may be in each further attempt. */
const fill_STEP = 1.04;
/**
 * The way that is over first when legs of the first level build, while its longest has not ended, dependants of their own
 * bases and images that need none of another leg. `undefined` unless both levels together are shorter than `most`.
 */
function fill_filled(ways, most, maxJobs) {
    let best;
    let shortest = most;
    for (const way of ways) {
        const bases = way.bases.flat();
        if (weightOf([...bases, ...way.builds]) / maxJobs >= shortest)
            continue;
        const level = emptied(way, maxJobs);
        for (let cap = largestOf(bases); cap > 0 && cap < shortest; cap *= fill_STEP) {
            const { first, left } = filledUpTo(cap, level);
            const longest = largestOf(first);
            if (longest + Math.max(largestOf(left), weightOf(left) / maxJobs) >= shortest)
                continue;
            const builds = legsFor(left, maxJobs);
            if (!builds.ok)
                continue;
            const weight = longest + largestOf(builds.value.flat());
            if (weight >= shortest)
                continue;
            shortest = weight;
            best = { bases: inUnits(first), builds: builds.value, weight };
        }
    }
    return best;
}
/** The first level with its bases alone, and what could be built there besides. */
function emptied({ bases, builds }, maxJobs) {
    const legs = bases.flat().map((leg) => ({ ...leg, runner: runnerIn(leg.items) }));
    const legOf = new Map();
    for (const [at, { items }] of legs.entries())
        for (const node of items.flatMap(({ nodes }) => nodes))
            legOf.set(node, at);
    const candidates = builds
        .toSorted((a, b) => b.weight - a.weight)
        .map((group) => {
        const needed = group.nodes.flatMap(({ before }) => before.flatMap((node) => legOf.get(node) ?? []));
        return { group, needs: new Set(needed) };
    });
    return { legs, candidates, maxJobs };
}
/** No leg gets longer than `cap`; each group goes to the leg that its bases are in, or else to the shortest of its runner. */
function filledUpTo(cap, { legs, candidates, maxJobs }) {
    const first = legs.map(({ items, ...leg }) => ({ ...leg, items: [...items] }));
    const left = [];
    for (const { group, needs } of candidates) {
        const runner = runnerOf(group);
        const open = [...needs].flatMap((at) => first[at] ?? []);
        if (needs.size === 0) {
            if (first.length < maxJobs && group.weight <= cap)
                first.push({ items: [], weight: 0, runner });
            open.push(...shortestOf(first, runner));
        }
        const [leg, ...others] = open;
        const isFit = leg !== undefined && others.length === 0 && leg.runner === runner;
        if (isFit && leg.weight + group.weight <= cap) {
            leg.items.push(group);
            leg.weight += group.weight;
        }
        else
            left.push(group);
    }
    return { first: first.filter(({ items }) => items.length > 0), left };
}
function shortestOf(legs, runner) {
    const [first, ...others] = legs.filter((leg) => leg.runner === runner);
    return first === undefined
        ? []
        : [others.reduce((least, leg) => (leg.weight < least.weight ? leg : least), first)];
}
/** The legs of each runner, of units that can go to another leg of it, as nothing in them needs another unit. */
function inUnits(legs) {
    return ofEachRunner(legs, ({ runner }) => runner).map((ofOneRunner) => ofOneRunner.map(({ items, weight }) => {
        const nodes = items.flatMap((group) => group.nodes).sort((a, b) => a.place - b.place);
        return { items: connected(nodes), weight };
    }));
}

// EXTERNAL MODULE: ./src/plan/parents.ts
var parents = __webpack_require__(70002);
;// CONCATENATED MODULE: ./src/plan/shards.ts







/** Before a leg builds anything: a machine, the checkout, the builder, the login, its part of the plan. */
const SET_UP_MS = 40_000;
/** Of an image whose build no run has recorded. */
const UNKNOWN_BUILD_MS = 60_000;
/** Legs of the first level build more than bases only where all is over by so much earlier. */
const NOTABLE = 0.97;
/**
 * All that is to be rebuilt as batches for the legs of two matrices of at most `maxJobs` each. Of the ways to build it the
 * one that ends first counts, set-ups included, and of those the one with the fewest bases, unless legs of the first level
 * that build more than bases make it notably shorter. Each level is in the fewest legs with which its longest is no longer.
 * The same images give the same batches.
 */
function shardsOf(images, maxJobs) {
    const nodes = nodesOf(images);
    const smallest = weightOf(nodes) / maxJobs / 4;
    const ways = [];
    let problem;
    for (const levels of nodes.length === 0 ? [] : waysToBuild(nodes, smallest)) {
        const allotted = allot(levels, maxJobs);
        if (allotted.ok)
            ways.push(allotted.value);
        else
            problem ??= allotted.failures[0];
    }
    const [simplest, ...others] = ways;
    if (simplest === undefined)
        return problem === undefined ? (0,model_failure.ok)({ bases: [], builds: [] }) : (0,model_failure/* failed */.gz)(problem);
    const best = others.reduce((least, way) => (way.takes < least.takes ? way : least), simplest);
    return filledWay(ways, best.takes, maxJobs) ?? plainWay(best, maxJobs);
}
function filledWay(ways, takes, maxJobs) {
    const most = takes * NOTABLE - 2 * SET_UP_MS;
    const found = fill_filled(ways.map(({ levels, bases }) => ({ bases, builds: levels.builds })), most, maxJobs);
    return found && (0,model_failure.ok)({ bases: named(fewest(found.bases), 'bases-'), builds: named(fewest(found.builds), '') });
}
function plainWay(best, maxJobs) {
    const { bases, builds } = takenIn(best.levels.bases, fewest(best.builds));
    const first = legsFor(bases, maxJobs);
    return first.ok ? (0,model_failure.ok)({ bases: named(fewest(first.value), 'bases-'), builds: named(builds, '') }) : first;
}
function allot(levels, maxJobs) {
    const bases = legsFor(levels.bases, maxJobs);
    if (!bases.ok)
        return bases;
    const builds = legsFor(levels.builds, maxJobs);
    if (!builds.ok)
        return builds;
    const used = [bases.value.flat(), builds.value.flat()].filter((legs) => legs.length > 0);
    const takes = used.reduce((sum, legs) => sum + SET_UP_MS + largestOf(legs), 0);
    return (0,model_failure.ok)({ levels, bases: bases.value, builds: builds.value, takes });
}
/** A base whose dependants came into one leg is built there, as far as that leg gets no longer than the longest. */
function takenIn(bases, legs) {
    const longest = largestOf(legs);
    const open = legs.map(({ items, weight }) => ({ items: [...items], weight, runner: runnerIn(items) }));
    const legOf = new Map(open.flatMap((leg) => leg.items.flatMap(({ nodes }) => nodes.map((node) => [node, leg]))));
    const left = [];
    for (const node of bases.flatMap(({ nodes }) => nodes).sort((a, b) => b.place - a.place)) {
        const [leg, ...others] = new Set(node.after.map((dependant) => legOf.get(dependant)));
        const isFit = leg !== undefined &&
            leg.weight + node.weight <= longest &&
            (node.runner === undefined || node.runner === leg.runner);
        if (isFit && others.length === 0) {
            leg.items.push(groupOf([node]));
            leg.weight += node.weight;
            legOf.set(node, leg);
        }
        else
            left.unshift(node);
    }
    return { bases: connected(left), builds: open };
}
/** The rebuilds, bases first, each after those that it is built from. */
function nodesOf(images) {
    const rebuilds = images.filter(({ decision }) => decision.kind === 'rebuild');
    const before = new Map(rebuilds.map((image) => [image.service.name, (0,model_plan/* imagesBefore */.on)(image)]));
    const isBase = ({ service }) => service.kind === 'base';
    const order = (0,parents/* parentsFirst */.IT)([...rebuilds.filter(isBase), ...rebuilds.filter((image) => !isBase(image))].map(({ service }) => service), ({ name }) => before.get(name) ?? []);
    const durations = new Map(rebuilds.map(({ service, record }) => [service.name, record?.durationMs]));
    const nodes = new Map();
    for (const { name, matrix } of order) {
        const { runner } = matrix;
        const parents = (before.get(name) ?? []).flatMap((parent) => nodes.get(parent) ?? []);
        const node = {
            ...{ name, place: nodes.size, before: parents, after: [] },
            weight: Math.max(1, durations.get(name) ?? UNKNOWN_BUILD_MS),
            ...(typeof runner === 'string' && { runner }),
        };
        for (const parent of parents)
            parent.after.push(node);
        nodes.set(name, node);
    }
    return [...nodes.values()];
}
/** The longest leg is the first: where runners are few, it should not be the last to begin. */
function named(legs, prefix) {
    const order = legs.toSorted((a, b) => b.weight - a.weight || firstPlace(a) - firstPlace(b));
    return order.map(({ items, weight }, at) => {
        const nodes = items.flatMap((group) => group.nodes).sort((a, b) => a.place - b.place);
        const runner = runnerIn(items);
        return {
            shard: `${prefix}${at + 1}-of-${order.length}`,
            images: nodes.map(({ name }) => name),
            minutes: Math.round(weight / 6000) / 10,
            ...(runner !== undefined && { runner }),
        };
    });
}
function firstPlace({ items }) {
    return Math.min(...items.map(({ nodes }) => nodes[0]?.place ?? 0));
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
        ...(result.advice && { advice: result.advice }),
    };
}
function imageDocument(image) {
    const { service, fingerprint, decision, changed, record } = image;
    return {
        name: service.name,
        kind: service.kind,
        decision: decision.kind,
        changed,
        fingerprint: fingerprint.digest,
        reasons: decision.kind === 'rebuild' ? decision.reasons : [],
        needs: (0,model_plan/* imagesBefore */.on)(image),
        inputs: { files: fingerprint.fileCount },
        estimate: record?.durationMs === undefined ? null : inSeconds(record.durationMs),
    };
}
function outcomeDocument(outcome) {
    const delivered = outcome.kind === 'built' || outcome.kind === 'reused';
    return {
        outcome: outcome.kind,
        digest: delivered ? (outcome.digest ?? null) : null,
        size: outcome.kind === 'built' ? (outcome.sizeBytes ?? null) : null,
        seconds: outcome.kind === 'built' ? inSeconds(outcome.durationMs) : null,
        ...(outcome.kind === 'failed' && { error: outcome.failure.message }),
    };
}
function inSeconds(milliseconds) {
    return Math.round(milliseconds / 100) / 10;
}

;// CONCATENATED MODULE: ./src/report/skaffold.ts

/**
 * What `skaffold deploy --build-artifacts` takes (skaffold, cmd/skaffold/app/flags/build_output.go and
 * pkg/skaffold/graph/artifact_graph.go): every service that has a digest, the reused ones too, by its repository. Absent
 * when none has, as in a run that does not push.
 */
function skaffoldArtifacts(outcomes) {
    const builds = outcomes.flatMap((outcome) => {
        const { service } = outcome.image;
        const digest = outcome.kind === 'built' || outcome.kind === 'reused' ? outcome.digest : undefined;
        if (service.kind !== 'service' || digest === undefined)
            return [];
        const imageName = (0,model_service/* fullName */.f)(service.image);
        return [{ imageName, tag: `${imageName}@${digest}` }];
    });
    return builds.length === 0 ? undefined : JSON.stringify({ builds });
}

;// CONCATENATED MODULE: ./src/pipeline/hand-over.ts






/** What each leg of the matrices builds; there are legs only where outputs are for somebody. */
function handedOut({ images }, { request, ports }) {
    if (!ports.host.takesOutputs)
        return (0,model_failure.ok)({});
    const shards = shardsOf(images, request.maxJobs);
    return shards.ok ? (0,model_failure.ok)({ shards: shards.value }) : shards;
}
/** The whole plan for what comes after it: a file for the steps of this job, an artifact for other jobs and for people. */
async function publishPlan(result, run) {
    const { host, artifacts } = run.ports;
    const text = JSON.stringify(planDocument(result));
    await host.outputFile('plan', text);
    const uploaded = await artifacts.upload(artifactName('plan', run), text);
    if (uploaded.ok)
        return;
    const problems = (0,model_failure/* textOf */.b6)(uploaded.failures);
    (0,pipeline_job/* notify */.me)(run, { message: `The plan is not among the artifacts of the run: ${problems}` });
}
/** The images by digest, in a file for the steps after this one; none where nothing was pushed. */
async function publishImages(outcomes, { ports }) {
    const text = skaffoldArtifacts(outcomes);
    if (text !== undefined)
        await ports.host.outputFile('images-file', text);
}

;// CONCATENATED MODULE: ./src/pipeline/leg.ts








/**
 * What one leg came to, for the job that collects all of them. It is kept after each image, so that a leg that is killed
 * still tells of those that it ended.
 */
class LegReport {
    shard;
    run;
    #results = new Map();
    #kept = Promise.resolve();
    #isBroken = false;
    constructor(shard, run) {
        this.shard = shard;
        this.run = run;
    }
    /** Builds what no leg before this one has failed at; outcomes come in the plan's order. */
    async build(planned) {
        const ended = await this.#endedBefore(planned.plan.images);
        const images = planned.plan.images.map((image) => ended.has(image.service.name) ? { ...image, decision: { kind: 'skip' } } : image);
        for (const outcome of ended.values())
            if (outcome.kind === 'blocked')
                await this.add(outcome);
        const built = await buildPlan({ ...planned, plan: { ...planned.plan, images } }, this.run, this);
        if (!built.ok)
            return built;
        return (0,model_failure.ok)(built.value.map((outcome) => ended.get(outcome.image.service.name) ?? outcome));
    }
    async add(outcome) {
        const { image, kind } = outcome;
        const { service, fingerprint, decision } = image;
        // What it took from others they tell of themselves.
        const isTaken = kind === 'reused' && !this.shard.images.includes(service.name);
        if (kind === 'skipped' || isTaken)
            return;
        const end = Object.fromEntries(Object.entries(outcome).filter(([name]) => name !== 'image'));
        this.#results.set(service.name, {
            ...{ name: service.name, repository: (0,model_service/* fullName */.f)(service.image), decision },
            ...{ fingerprint: fingerprint.digest, document: fingerprint.document },
            end: end,
        });
        if (kind === 'built' || kind === 'failed')
            await this.#keep([]);
    }
    /** `failures` are what ended the leg before its images did. */
    async upload(failures) {
        await this.#keep(failures);
        return this.run.ports.artifacts.upload(this.#name(), this.#text(failures));
    }
    /** By name: what another leg of this attempt has failed to make for this one, and what is built from that. */
    async #endedBefore(images) {
        const ended = new Map();
        const open = images.filter(({ decision }) => decision.kind === 'rebuild');
        const missing = open.filter(({ service }) => !this.shard.images.includes(service.name));
        if (missing.length === 0)
            return ended;
        const { legs } = await leftBehind(this.run);
        const found = newestOf(legs.filter(({ attempt }) => attempt === this.#attempt()));
        for (const image of missing) {
            const { end, fingerprint } = found.get(keyOf(image.service))?.result ?? {};
            const isSame = fingerprint === image.fingerprint.digest;
            if (isSame && (end?.kind === 'failed' || end?.kind === 'blocked'))
                ended.set(image.service.name, { ...end, image });
        }
        for (let before = -1; before < ended.size;) {
            before = ended.size;
            for (const image of open) {
                const by = (0,model_plan/* imagesBefore */.on)(image).find((name) => ended.has(name));
                if (by !== undefined && !ended.has(image.service.name))
                    ended.set(image.service.name, { kind: 'blocked', image, by });
            }
        }
        return ended;
    }
    /** One after the other: each replaces the one before. */
    #keep(failures) {
        const text = this.#text(failures);
        const { artifacts } = this.run.ports;
        this.#kept = this.#kept.then(async () => {
            const problem = await artifacts.keep(this.#name(), text);
            if (problem === undefined || this.#isBroken)
                return;
            this.#isBroken = true;
            const message = `If this leg is killed, nothing will be known of what it has built: ${problem}`;
            (0,pipeline_job/* notify */.me)(this.run, { message });
        });
        return this.#kept;
    }
    #name() {
        return artifactName(this.shard.name, this.run);
    }
    #attempt() {
        return this.run.job.context.attempt ?? 1;
    }
    #text(failures) {
        return encodeLeg({
            shard: this.shard.name,
            attempt: this.#attempt(),
            images: this.shard.images,
            results: [...this.#results.values()],
            problems: failures.map(({ message }) => message),
            notices: this.run.notices,
        });
    }
}

// EXTERNAL MODULE: ./src/config/select.ts
var config_select = __webpack_require__(41032);
// EXTERNAL MODULE: ./src/model/fingerprint.ts
var model_fingerprint = __webpack_require__(91109);
// EXTERNAL MODULE: ./src/pipeline/completion.ts + 2 modules
var completion = __webpack_require__(4837);
;// CONCATENATED MODULE: ./src/pipeline/committed.ts


/** The fingerprints that the services have at this commit, whatever lies on the disk. */
async function committedFingerprints(services, { run, loaded, stored }) {
    const gathered = await (0,inputs/* gatherInputs */.ne)(loaded, stored, { ...run, withDisk: false });
    if (!gathered.ok)
        return gathered;
    const names = new Set(services.map(({ name }) => name));
    return new completion/* Completion */.bE(run).complete(gathered.value.known.snapshot, loaded.services, names);
}

;// CONCATENATED MODULE: ./src/pipeline/promote.ts








/** Time between two questions for images that another run is building. */
const PAUSE_MS = 5000;
/** Points tags at images that exist. Nothing is built, and no tag moves unless every image is there. */
async function promote(run, started) {
    const stored = await (0,pipeline_stored/* loadStored */.cg)(run);
    const loaded = await (0,load/* loadServices */.rZ)(run, stored.memo.config);
    if (!loaded.ok)
        return loaded;
    const services = requested(loaded.value.services, run);
    if (!services.ok)
        return services;
    const tags = resolveAll(services.value, run);
    if (!tags.ok)
        return tags;
    const untagged = services.value.filter(({ name }) => tags.value.get(name)?.length === 0);
    if (untagged.length > 0)
        return (0,model_failure/* failed */.gz)(withoutTags(untagged));
    const found = await findAll(services.value, {
        run,
        references: promote_referencesOf(services.value, { run, loaded: loaded.value, stored }),
    });
    if (!found.ok)
        return found;
    const promotions = await Promise.all(found.value.map(async ({ service, from, digest }) => {
        const names = (tags.value.get(service.name) ?? []).map((tag) => tag.name);
        const { moved, refused } = await run.ports.registry.point(service.image, digest, names);
        const [refusal] = refused;
        return { service, from, digest, moved, ...(refusal && { failure: refusal.failure }) };
    }));
    return (0,model_failure.ok)({ promotions, notices: run.notices, durationMs: run.ports.clock.now() - started });
}
function requested(services, { request }) {
    const names = (0,config_select/* select */.L)(services, request.services, 'services');
    if (!names.ok)
        return names;
    const chosen = services.filter(({ kind, name }) => kind === 'service' && names.value.has(name));
    if (request.from?.startsWith('sha256:') !== true || chosen.length === 1)
        return (0,model_failure.ok)(chosen);
    const message = '`from` is a digest, which is of one image: name one service with `services`';
    return (0,model_failure/* failed */.gz)({ kind: 'usage', message });
}
function withoutTags(services) {
    const names = services.map(({ name }) => `\`${name}\``).join(', ');
    return {
        kind: 'usage',
        message: `there is no tag to point at the image of ${names}; name one with \`tags\`, such as \`staging\``,
    };
}
/** `from`, else the tag that a push of this commit gave it, else that of the fingerprint that it has at this commit. */
function promote_referencesOf(services, by) {
    const { from } = by.run.request;
    if (from !== undefined)
        return () => Promise.resolve((0,model_failure.ok)([from]));
    const fingerprints = committedFingerprints(services, by);
    return async ({ name }) => {
        const found = await fingerprints;
        if (!found.ok)
            return found;
        const fingerprint = found.value.get(name);
        const commit = `sha-${revisionOf(by.run).slice(0, 7)}`;
        return (0,model_failure.ok)(fingerprint === undefined ? [commit] : [commit, (0,model_fingerprint/* fingerprintTag */.b)(fingerprint.digest)]);
    };
}
/** All of the images, or why not: those that are not there are asked for again until the time is up. */
async function findAll(services, search) {
    const { request, job, ports } = search.run;
    for (let left = request.waitMs;; left -= PAUSE_MS) {
        const found = await Promise.all(services.map((service) => find(service, search)));
        const failures = found.flatMap((one) => (one.ok ? [] : one.failures));
        const missing = found.flatMap((one) => (one.ok && 'missing' in one.value ? [one.value.missing] : []));
        const isOver = left <= 0 || job.signal.aborted || failures.length > 0;
        if (missing.length === 0 || isOver) {
            const sources = found.flatMap((one) => (one.ok && 'digest' in one.value ? [one.value] : []));
            return (0,model_failure/* unless */.NJ)([...failures, ...missing], sources);
        }
        await ports.clock.pause(Math.min(left, PAUSE_MS), job.signal);
    }
}
async function find(service, { run, references }) {
    const asked = await references(service);
    if (!asked.ok)
        return asked;
    for (const from of asked.value) {
        const found = await run.ports.registry.find(service.image, from);
        if (!found.ok)
            return found;
        if (found.value.kind === 'exists')
            return (0,model_failure.ok)({ service, from, digest: found.value.digest });
        if (found.value.kind === 'unknown')
            return (0,model_failure/* failed */.gz)({ kind: 'registry-failed', message: `\`${service.name}\`: ${found.value.problem}` });
    }
    const names = asked.value.join(', ');
    const message = `${(0,model_service/* fullName */.f)(service.image)} has no image ${names}, so \`${service.name}\` cannot be promoted, and nothing was`;
    return (0,model_failure.ok)({ missing: { kind: 'registry-failed', message } });
}

// EXTERNAL MODULE: ./src/fingerprint/dockerfile/context-names.ts
var context_names = __webpack_require__(67809);
// EXTERNAL MODULE: ./src/model/labels.ts
var model_labels = __webpack_require__(43582);
;// CONCATENATED MODULE: ./src/plan/freshness.ts
/** Compares all that runs of a service with what the commit gives. */
function judge(service, fingerprint, running) {
    const seen = running.map((one) => ({ ...one, freshness: freshnessOf(one, fingerprint) }));
    const isFresh = seen.every(({ freshness }) => freshness === 'fresh');
    return {
        service,
        fingerprint,
        state: seen.length === 0 ? 'not-running' : isFresh ? 'fresh' : 'stale',
        seen,
    };
}
/** The revision has no say: of two commits with the same content only one was built. */
function freshnessOf(running, expected) {
    if (running.fingerprint === undefined)
        return 'not-ours';
    return running.fingerprint === expected ? 'fresh' : 'other-content';
}

;// CONCATENATED MODULE: ./src/pipeline/verify.ts










/** Labels that Compose gives the containers of a service. */
const COMPOSE_SERVICE = 'com.docker.compose.service';
/** Compares what runs with what the commit gives. Nothing is built, and nothing is asked of a registry but upstreams. */
async function verify(run) {
    const stored = await (0,pipeline_stored/* loadStored */.cg)(run);
    const loaded = await (0,load/* loadServices */.rZ)(run, stored.memo.config);
    if (!loaded.ok)
        return loaded;
    const services = verify_requested(loaded.value.services, run);
    if (!services.ok)
        return services;
    const known = await committedFingerprints(services.value, { run, loaded: loaded.value, stored });
    if (!known.ok)
        return known;
    const running = await runningOf(services.value, run);
    if (!running.ok)
        return running;
    const verifications = services.value.map(({ name }) => {
        const fingerprint = known.value.get(name);
        if (fingerprint === undefined)
            throw new Error(`no fingerprint of ${name}`);
        return judge(name, fingerprint.digest, running.value.get(name) ?? []);
    });
    if (verifications.every(({ state }) => state === 'not-running'))
        (0,pipeline_job/* notify */.me)(run, { message: NOTHING_RUNS });
    return (0,model_failure.ok)({ commit: run.ports.git.head, verifications, notices: run.notices });
}
const NOTHING_RUNS = 'None of these services runs in this Docker: a container belongs to a service by the name of its image, or with a Compose project by the name of its Compose service';
/** Those that are asked for; with addresses that say whose they are, these alone unless others are named. */
function verify_requested(all, { request }) {
    const { urls = [], services } = request;
    const named = urls.flatMap(({ service }) => service ?? []);
    const known = (0,config_select/* select */.L)(all, named, 'url');
    if (!known.ok)
        return known;
    const names = services.length > 0 ? (0,config_select/* select */.L)(all, services, 'services') : known;
    if (!names.ok)
        return names;
    const chosen = all.filter(({ kind, name }) => kind === 'service' && names.value.has(name));
    const stranger = named.find((name) => chosen.every((service) => service.name !== name));
    if (stranger !== undefined)
        return (0,model_failure/* failed */.gz)({
            kind: 'usage',
            message: `\`url\` is of \`${stranger}\`, which is no service that is asked for`,
        });
    if (urls.length === named.length || chosen.length === 1)
        return (0,model_failure.ok)(chosen);
    const message = '`url` does not say whose it is; name one service with `services`, or write SERVICE=ADDRESS';
    return (0,model_failure/* failed */.gz)({ kind: 'usage', message });
}
async function runningOf(services, run) {
    const { urls = [], composeProject } = run.request;
    if (urls.length > 0)
        return verify_askedFor(urls, services, run);
    const containers = await run.ports.containers.running(composeProject);
    if (!containers.ok)
        return containers;
    const isInProject = composeProject !== undefined;
    if (isInProject && containers.value.length === 0)
        return (0,model_failure/* failed */.gz)(nothingIn(composeProject));
    return (0,model_failure.ok)(new Map(services.map((service) => [
        service.name,
        containers.value.filter((one) => isOf(one, service, isInProject)).map(ofContainer),
    ])));
}
function nothingIn(project) {
    return { kind: 'verification-failed', message: `nothing runs in the Compose project \`${project}\`` };
}
/** Outside of a named project another project's service may have the same name, and is none of ours. */
function isOf({ image, labels }, service, isInProject) {
    const names = [(0,model_service/* fullName */.f)(service.image), ...(service.loadAs === undefined ? [] : [service.loadAs])];
    if (names.map(repositoryOf).includes(repositoryOf(image)))
        return true;
    // Names of services from Compose files are those of bake's targets, which have no dots.
    const composeService = labels[COMPOSE_SERVICE];
    return isInProject && [composeService, composeService?.replaceAll('.', '_')].includes(service.name);
}
/** Without tag and digest, in the form that every name of the repository has. */
function repositoryOf(reference) {
    return (0,context_names/* familiar */.c)(reference.replace(/@.*$/s, '').replace(/:[^/:]*$/, ''));
}
function ofContainer({ name, labels }) {
    return running(name, labels[model_labels/* FINGERPRINT */.lj], labels[model_labels/* REVISION */.sP]);
}
/** Every address is asked; one that does not tell is a failure, as what runs there may be anything. */
async function verify_askedFor(urls, services, { ports }) {
    const answers = await Promise.all(urls.map(({ url }) => ports.buildInfo.read(url)));
    const found = new Map();
    const failures = [];
    for (const [index, { url, service = services[0]?.name ?? '' }] of urls.entries()) {
        const answer = answers[index];
        if (answer?.ok !== true)
            failures.push(...(answer?.failures ?? []));
        else {
            const { fingerprint, revision } = answer.value;
            found.set(service, [...(found.get(service) ?? []), running(url, fingerprint, revision)]);
        }
    }
    const [first, ...more] = failures;
    return first === undefined ? (0,model_failure.ok)(found) : (0,model_failure/* failed */.gz)(first, ...more);
}
const DIGEST = /^[0-9a-f]{64}$/;
/** An empty text is what a build argument that nobody passed leaves. */
function running(where, fingerprint, revision) {
    return {
        where,
        ...(typeof fingerprint === 'string' && DIGEST.test(fingerprint) && { fingerprint }),
        ...(typeof revision === 'string' && revision !== '' && { revision }),
    };
}

;// CONCATENATED MODULE: ./src/report/advice.ts


const WHY = {
    repository: 'differs in every clone, and never counts',
    ignored: 'git ignores it: a fresh checkout has none of it',
    usual: 'seldom wanted in an image, and each change of it builds anew',
};
/** What is sent of each build context, and the lines of its ignore file that would keep some of it back. */
function adviceLines(advice) {
    return advice.flatMap((one) => ['', ...linesOf(one)]);
}
function linesOf(advice) {
    const { images, context, sent, largest } = advice;
    const shown = largest.map(({ path, bytes }) => `${(0,visible/* visible */.RK)(path)} ${(0,report_status/* byteText */.aC)(bytes)}`);
    return [
        `${(0,visible/* visible */.RK)(context || '.')}: ${extentText(sent)} can be sent to the builder, for ${images.map(visible/* visible */.RK).join(', ')}`,
        ...(shown.length === 0 ? [] : [`  the largest: ${shown.join(', ')}`]),
        ...ending(advice).map((line) => `  ${line}`),
    ];
}
function ending({ ignoreFile, lines, left, unclear }) {
    if (unclear !== undefined) {
        const place = `${(0,visible/* visible */.RK)(unclear.file)}:${unclear.line}`;
        return [`what ${place} takes cannot be told, so that no lines are advised`];
    }
    if (lines.length === 0)
        return ['nothing of it is known to be seldom wanted'];
    const width = Math.max(...lines.map(({ line }) => (0,visible/* visible */.RK)(line).length));
    return [
        `lines for ${(0,visible/* visible */.RK)(ignoreFile)}, unless a step of the build reads what they leave out:`,
        ...lines.map(({ line, kind, ...extent }) => `  ${(0,visible/* visible */.RK)(line).padEnd(width)}  ${(0,report_status/* byteText */.aC)(extent.bytes).padStart(8)}  ${WHY[kind]}`),
        `with them it is ${extentText(left)}`,
    ];
}
function extentText({ bytes, files }) {
    return `${(0,report_status/* byteText */.aC)(bytes)} in ${files} ${files === 1 ? 'file' : 'files'}`;
}

;// CONCATENATED MODULE: ./src/report/mermaid-text.ts

/** A label stays in the picture, and a diagram of many within what is rendered: an escaped character takes up to nine. */
const LONGEST_NAME = 40;
/** Letters but `ﬂ` and `ß`, from which mermaid makes its own escapes, digits, and what means nothing to it in a label. */
const LITERAL = /^(?:(?![ﬂß])[\p{L}\p{Nd} _.,/()-])$/u;
/** Words by which mermaid's Gantt charts know a line, in any case. */
const KEYWORD = /^(?:acc(?:title|descr)|axisformat|call|click|dateformat|excludes|gantt|href|includes|inclusiveenddates|section|tickinterval|title|todaymarker|topaxis|week(?:day|end))/i;
/** Any text as a label that mermaid shows as it is; whatever has a meaning is written as mermaid's `#code;`. */
function mermaidText(text) {
    const characters = Array.from((0,visible/* beginning */.Ir)((0,visible/* visible */.RK)(text), LONGEST_NAME));
    const isKeyword = KEYWORD.test(text);
    return characters
        .map((character, index) => {
        const isLiteral = index === 0 ? /\p{L}/u.test(character) && !isKeyword : true;
        return isLiteral && LITERAL.test(character) ? character : `#${character.codePointAt(0) ?? 0};`;
    })
        .join('');
}

;// CONCATENATED MODULE: ./src/report/graph.ts

/** mermaid renders no more than that by default, and so GitHub (`maxTextSize`, `maxEdges`); some room is left. */
const MOST_CHARACTERS = 45_000;
const MOST_EDGES = 450;
/** Readable on light and on dark ground. */
const CLASSES = {
    rebuild: 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00',
    reuse: 'fill:#ddf4ff,stroke:#0969da,color:#0a3069',
    skip: 'fill:#f6f8fa,stroke:#8c959f,color:#57606a',
};
const RANK = { rebuild: 0, reuse: 1, skip: 2 };
/** The plan without what was not asked for; a base that no image needs this time is part of the picture. */
function asked(plan) {
    const images = plan.images.filter(({ decision }) => decision.kind !== 'skip' || decision.isUnneeded === true);
    return { ...plan, images };
}
/** Every relation between images of the plan, once. */
function edgesOf({ images }) {
    const names = new Set(images.map(({ service }) => service.name));
    return images.flatMap(({ parents, service: { name: to, needs } }) => {
        const sources = new Set(Object.values(parents));
        return [...new Set([...sources, ...needs])]
            .filter((from) => names.has(from))
            .map((from) => ({ from, to, isSource: sources.has(from) }));
    });
}
/**
 * The images and what they are built from, as a flowchart in mermaid's words, coloured by decision. Of more images than are
 * rendered, those that are to be rebuilt come first, and the others are counted.
 */
function graphDiagram(whole) {
    const plan = asked(whole);
    const touching = edgesByName(plan);
    const ids = new Map();
    const nodes = [];
    const arrows = [];
    let size = 0;
    for (const image of [...plan.images].sort((a, b) => RANK[a.decision.kind] - RANK[b.decision.kind])) {
        const { name } = image.service;
        ids.set(name, `n${nodes.length}`);
        const node = nodeLine(image, `n${nodes.length}`);
        const drawn = (touching.get(name) ?? []).flatMap((edge) => arrowLine(edge, ids));
        const added = [node, ...drawn].reduce((sum, line) => sum + line.length + 1, 0);
        if (size + added > MOST_CHARACTERS || arrows.length + drawn.length > MOST_EDGES) {
            ids.delete(name);
            continue;
        }
        size += added;
        nodes.push(node);
        arrows.push(...drawn);
    }
    const left = plan.images.length - nodes.length;
    const more = left === 0 ? [] : [`  more["… and ${left} more"]`];
    const classes = Object.entries(CLASSES).map(([name, style]) => `  classDef ${name} ${style}`);
    return `${['flowchart LR', ...nodes, ...more, ...arrows, ...classes].join('\n')}\n`;
}
function edgesByName(plan) {
    const byName = new Map();
    for (const edge of edgesOf(plan))
        for (const name of [edge.from, edge.to])
            byName.set(name, [...(byName.get(name) ?? []), edge]);
    return byName;
}
/** A base has round ends. */
function nodeLine({ service, decision }, id) {
    const label = `"${mermaidText(service.name)}<br/>${decision.kind}"`;
    return `  ${id}${service.kind === 'base' ? `([${label}])` : `[${label}]`}:::${decision.kind}`;
}
/** Dotted for what is only built after the other; none yet where one of the two is not drawn. */
function arrowLine({ from, to, isSource }, ids) {
    const [start, end] = [ids.get(from), ids.get(to)];
    return start === undefined || end === undefined ? [] : [`  ${start} ${isSource ? '-->' : '-.->'} ${end}`];
}

;// CONCATENATED MODULE: ./src/report/graph-tree.ts




/** What stands before a child and before what hangs from it, by whether others follow. */
const BRANCHES = {
    source: { more: '├── ', last: '└── ' },
    order: { more: '├┄┄ ', last: '└┄┄ ' },
};
const [GOES_ON, ENDS] = ['│   ', '    '];
const LEGEND = '┄ built after it, not from it';
const SEEN = 'see above';
/** The images, each below every image that it is built from; what hangs from one that has several stands below the first. */
function graphLines(whole, options) {
    const plan = asked(whole);
    const edges = edgesOf(plan);
    const tree = new Tree(plan, edges);
    const legend = edges.some(({ isSource }) => !isSource) ? [LEGEND] : [];
    return [...textTable(tree.rows(), options), ...legend, planSummary(whole)];
}
class Tree {
    /** By name, in the plan's order. */
    #images;
    #children = new Map();
    #seen = new Set();
    #roots;
    constructor(plan, edges) {
        const rows = planRows(plan);
        this.#images = new Map(plan.images.flatMap(({ service }, index) => {
            const row = rows[index];
            return row === undefined ? [] : [[service.name, row]];
        }));
        for (const edge of edges)
            this.#children.set(edge.from, [...(this.#children.get(edge.from) ?? []), edge]);
        const below = new Set(edges.map(({ to }) => to));
        const roots = [...this.#images.keys()].filter((name) => !below.has(name));
        const isAlone = (name) => !this.#children.has(name);
        this.#roots = [...roots.filter((name) => !isAlone(name)), ...roots.filter(isAlone)];
    }
    rows() {
        return this.#roots.flatMap((name) => this.#below(name, { indent: '', branch: '' }));
    }
    /** The image and what hangs from it. */
    #below(name, { indent, branch }) {
        const row = this.#images.get(name);
        if (row === undefined)
            return [];
        const isSeen = this.#seen.has(name);
        this.#seen.add(name);
        const children = this.#children.get(name) ?? [];
        const own = rowCells(row, { label: `${indent}${branch}${nameText(name)}`, isSeen });
        if (isSeen)
            return [own];
        const inner = branch === '' ? '' : indent + (branch.startsWith('└') ? ENDS : GOES_ON);
        return [
            own,
            ...children.flatMap(({ to, isSource }, index) => {
                const { more, last } = isSource ? BRANCHES.source : BRANCHES.order;
                return this.#below(to, { indent: inner, branch: index === children.length - 1 ? last : more });
            }),
        ];
    }
}
function rowCells({ verdict, isBase, result, why }, at) {
    return [
        { text: at.label },
        { text: isBase ? 'base' : '' },
        { text: result, color: VERDICT_COLOR[verdict] },
        { text: at.isSeen ? SEEN : why },
    ];
}

;// CONCATENATED MODULE: ./src/report/timeline.ts


/**
 * As many as a person can look over. Names are cut, so that the diagram stays within the 50,000 characters that mermaid,
 * and with it GitHub, renders (`maxTextSize`).
 */
const MOST_BARS = 60;
const HOUR = 3_600_000;
/** `undefined` where nothing was built. Failures are always shown, then what took longest. */
function timeline(outcomes) {
    const bars = outcomes.flatMap(barsOf);
    if (bars.length === 0)
        return undefined;
    const shown = [...bars]
        .sort((a, b) => Number(b.isFailed) - Number(a.isFailed) || b.durationMs - a.durationMs)
        .slice(0, MOST_BARS)
        .sort((a, b) => a.start - b.start);
    const first = Math.min(...bars.map(({ start }) => start));
    const span = Math.max(...shown.map(({ start, durationMs }) => start - first + durationMs));
    const lines = [
        'gantt',
        // Times are those since the first build began: mermaid reads and shows a date in the time zone of whoever looks.
        '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
        `  axisFormat ${span < HOUR ? '%M:%S' : '%H:%M:%S'}`,
        '  todayMarker off',
        ...section('bases', shown.filter(({ isBase }) => isBase), first),
        ...section('services', shown.filter(({ isBase }) => !isBase), first),
    ];
    return { diagram: `${lines.join('\n')}\n`, shown: shown.length, total: bars.length };
}
function barsOf(outcome) {
    if (outcome.kind !== 'built' && outcome.kind !== 'failed')
        return [];
    const { startedAt, durationMs } = outcome;
    if (startedAt === undefined || durationMs === undefined)
        return [];
    const { name, kind } = outcome.image.service;
    const isFailed = outcome.kind === 'failed';
    return [{ name, isBase: kind === 'base', isFailed, start: Date.parse(startedAt), durationMs }];
}
function section(title, bars, first) {
    if (bars.length === 0)
        return [];
    return [`  section ${title}`, ...bars.map((bar) => barLine(bar, first))];
}
function barLine({ name, isFailed, start, durationMs }, first) {
    const label = `${mermaidText(name)}, ${durationText(durationMs)}`;
    const words = [...(isFailed ? ['crit'] : []), sinceFirst(start - first), `${Math.round(durationMs)}ms`];
    return `    ${label}: ${words.join(', ')}`;
}
const DAY_OF_NO_RUN = Date.UTC(2000, 0, 1);
function sinceFirst(milliseconds) {
    return new Date(DAY_OF_NO_RUN + milliseconds).toISOString().slice(0, -1).replace('T', ' ');
}

;// CONCATENATED MODULE: ./src/report/markdown.ts





const DEFAULT_BUDGET = 900_000;
const markdown_LOG_LINES = 40;
/** From so many reused images on, their rows are folded away. */
const MANY_REUSED = 11;
/**
 * The job summary: counts, a table, what was built when, notices, and the ends of the logs of what failed; never above its
 * budget.
 */
function summaryMarkdown(result, options = {}) {
    // Skipped images are counted in the heading, not listed.
    const rows = resultRows(result)
        .filter((row) => URGENCY[row.verdict] > 0)
        .sort((a, b) => URGENCY[b.verdict] - URGENCY[a.verdict]);
    const reused = rows.filter(isReused);
    const folds = reused.length >= MANY_REUSED;
    const shown = folds ? rows.filter((row) => !isReused(row)) : rows;
    const heading = `## Images: ${resultSummary(result)}\n\n${introduction(result)}\n`;
    // Each takes what it needs up to a share of what is left, so that none starves the next.
    let left = (options.budget ?? DEFAULT_BUDGET) - Buffer.byteLength(heading);
    const fit = (section, share) => {
        const text = fitted(section, left * share);
        left -= Buffer.byteLength(text);
        return text;
    };
    const table = fit(tableSection(imageTable(shown)), 0.6);
    const times = fit(timelineSection(result), 0.5);
    const logs = fit(logSection(rows), 0.75);
    const notices = fit(noticeSection(result), 0.5);
    const folded = fit(foldedSection(imageTable(folds ? reused : []), `${reused.length} reused`), 1);
    return heading + table + folded + times + notices + logs;
}
function isReused(row) {
    return row.verdict === 'reused' || row.verdict === 'reuse';
}
function introduction(result) {
    const { commit, base } = result.plan;
    const compared = base === undefined ? '' : `, compared with \`${shortDigest(base)}\``;
    const saved = savedText(result);
    return `Commit \`${shortDigest(commit)}\`${compared}.${saved === '' ? '' : ` ${saved}`}`;
}
/** One item: half a diagram is none. */
function timelineSection({ outcomes = [] }) {
    const times = timeline(outcomes);
    const head = '\n### What was built when\n';
    if (times === undefined)
        return { head, items: [], more: () => '', foot: '' };
    const { diagram, shown, total } = times;
    const left = total - shown;
    const note = left === 0 ? '' : `\nNot shown: ${left} of ${total} builds; failures and the longest come first.\n`;
    return {
        ...{ head, items: [`\n\`\`\`mermaid\n${diagram}\`\`\`\n${note}`], foot: '' },
        more: () => '\nLeft out, as this summary is too long.\n',
    };
}
function noticeSection(result) {
    const more = (left) => `- … and ${left} more\n`;
    return { head: '\n### Notices\n\n', items: noticeItems(result), more, foot: '' };
}
function logSection(rows) {
    const more = (left) => `\n… and ${left} more\n`;
    return { head: '\n### Logs\n', items: logItems(rows, markdown_LOG_LINES), more, foot: '' };
}

;// CONCATENATED MODULE: ./src/report/matrices.ts
/** GitHub: a matrix generates at most so many jobs of a run. */
const MOST_ENTRIES = 256;
/**
 * Linux gives a process no longer variable (MAX_ARG_STRLEN), and a leg's entry is handed to it as one: `INPUT_SHARD=` with
 * the entry as the function toJSON of workflows writes it, in lines with two blanks of indentation.
 */
const MOST_BYTES_OF_VARIABLE = 128 * 1024 - 1;
/** The matrices of the legs; bases come first, as nothing is built without them. */
function legDrafts({ bases, builds }) {
    const matrices = [
        { name: 'base-matrix', shards: bases },
        { name: 'build-matrix', shards: builds },
    ].map((matrix) => ({ ...matrix, problem: tooLong(matrix.shards) }));
    const sayable = matrices.filter(({ problem }) => problem === undefined);
    return {
        drafts: [
            flagDraft('bases-any', bases.length > 0),
            flagDraft('build-any', builds.length > 0),
            ...sayable.map(({ name, shards }) => matrixDraft(name, shards)),
        ],
        failures: matrices.flatMap(({ problem }) => problem ?? []),
    };
}
function flagDraft(name, isTrue) {
    return { name, forms: [{ text: String(isTrue) }], holds: 'its answer', isNeeded: true };
}
function matrixDraft(name, include) {
    const holds = `${include.length} entries`;
    return { name, forms: [{ text: JSON.stringify({ include }) }], holds, isNeeded: true };
}
function tooLong(shards) {
    const leg = shards.find((shard) => Buffer.byteLength(`INPUT_SHARD=${JSON.stringify(shard, null, 2)}`) > MOST_BYTES_OF_VARIABLE);
    if (leg === undefined)
        return undefined;
    const message = `leg \`${leg.shard}\` has ${leg.images.length} images, whose names are longer than an input can be (128 KiB); raise \`max-jobs\`, or name fewer images with input \`services\``;
    return { kind: 'usage', message };
}

;// CONCATENATED MODULE: ./src/report/output-budget.ts
/** GitHub allows 1 MB for all outputs of a job and measures them as UTF-16; workflows may add outputs of their own. */
const output_budget_MOST_BYTES = 1_000_000;
const LIMIT = 'GitHub allows 1 MB for all outputs of a job';
/** Those that there is room for, the first drafts first. What is left out is not there at all, so that nobody takes it for empty. */
function withinBudget(drafts) {
    const values = new Map();
    const notices = [];
    const failures = [];
    let left = output_budget_MOST_BYTES;
    for (const draft of drafts) {
        const form = firstFitting(draft, left);
        if (form !== undefined) {
            left -= byteSize(draft.name, form.text);
            values.set(draft.name, form.text);
            if (form.lacks !== undefined)
                notices.push({ message: `output \`${draft.name}\` is ${form.lacks}: ${LIMIT}` });
        }
        else if (draft.isNeeded)
            failures.push({ kind: 'usage', message: `${leftOut(draft)}; ${MEND}` });
        else
            notices.push({ message: leftOut(draft) });
    }
    return { values, notices, failures };
}
const MEND = 'name fewer images with input `services`, in several jobs, or shorten their `matrix` keys';
function leftOut({ name, holds }) {
    return `output \`${name}\` with ${holds} is left out: ${LIMIT}`;
}
function firstFitting({ name, forms }, left) {
    for (const form of forms)
        if (byteSize(name, form.text) <= left)
            return form;
    return undefined;
}
/** In UTF-16 as GitHub measures, or in UTF-8 where that is more. */
function byteSize(name, text) {
    return Math.max(2 * (name.length + text.length), Buffer.byteLength(name) + Buffer.byteLength(text));
}

;// CONCATENATED MODULE: ./src/report/reasons-output.ts
/** How many paths or names each reason keeps, from the whole form to the shortest. */
const DETAIL_LEVELS = [Infinity, 5, 1, 0];
/** The reasons of every image of the plan; what is not rebuilt has none. */
function* reasonForms({ images }) {
    for (const most of DETAIL_LEVELS) {
        let cut = 0;
        const entries = images.map(({ service, decision }) => {
            const whole = decision.kind === 'rebuild' ? decision.reasons : [];
            const reasons = whole.map((reason) => reasons_output_shortened(reason, most));
            cut += reasons.reduce((sum, one) => sum + (one.cut ?? 0), 0);
            return [service.name, reasons];
        });
        const text = JSON.stringify(Object.fromEntries(entries));
        yield cut === 0 ? { text } : { text, lacks: `without ${cut} paths and names` };
    }
}
/** The reason with at most so many paths or names; `cut` counts those left out here. */
function reasons_output_shortened(reason, most) {
    switch (reason.kind) {
        case 'files': {
            const cut = (reason.paths?.length ?? 0) - most;
            return cut > 0 ? { ...reason, paths: reason.paths?.slice(0, most) ?? [], cut } : reason;
        }
        case 'untracked-input': {
            const cut = reason.paths.length - most;
            return cut > 0 ? { ...reason, paths: reason.paths.slice(0, most), cut } : reason;
        }
        case 'dockerfile': {
            const cut = (reason.lines?.length ?? 0) - most;
            return cut > 0 ? { ...reason, lines: reason.lines?.slice(0, most) ?? [], cut } : reason;
        }
        case 'build-args':
        case 'contexts':
        case 'options': {
            const cut = reason.names.length - most;
            return cut > 0 ? { ...reason, names: reason.names.slice(0, most), cut } : reason;
        }
        case 'no-record':
        case 'forced':
        case 'lockfile':
        case 'upstream':
        case 'format':
        case 'image-missing':
        case 'base':
        case 'expired':
        case 'unknown-range':
            return reason;
    }
}

;// CONCATENATED MODULE: ./src/report/outputs.ts





/**
 * The Action's outputs, as far as GitHub's limits let them be said: what builds and deploys go by first, then lists of
 * names, then what explains. A plan without its `matrix` is no failure, as nothing could be built after one; the run that
 * has built says it. No registry address is in `matrix` and `digests`: GitHub blanks an output that contains a secret.
 */
function outputs(result) {
    const isPlan = result.outcomes === undefined;
    const deliveries = result.outcomes?.map(byOutcome) ?? result.plan.images.map(byDecision);
    const services = deliveries.filter(({ image }) => image.service.kind === 'service');
    const deploys = deliveries.filter(wantsDeploy);
    const crowd = deploys.length > MOST_ENTRIES ? tooManyDeploys(deploys.length) : undefined;
    const legs = result.shards === undefined ? undefined : legDrafts(result.shards);
    const named = (name, action) => namesDraft(name, deliveries.filter((delivery) => delivery.action === action));
    const { values, notices, failures } = withinBudget([
        flagDraft('any', deploys.length > 0),
        ...(legs?.drafts ?? []),
        ...(isPlan ? [] : [mapDraft('digests', services, ({ digest }) => digest)]),
        ...(crowd === undefined
            ? [{ ...matrixDraft('matrix', deploys.map(matrixEntry)), isNeeded: !isPlan }]
            : []),
        named('failed', 'failed'),
        namesDraft('changed', deploys),
        named('rebuilt', 'rebuilt'),
        named('reused', 'reused'),
        ...(isPlan ? [] : [{ ...mapDraft('images', services, addressOf), isNeeded: false }]),
        reasonsDraft(result),
    ]);
    return {
        values,
        notices: [...(isPlan && crowd !== undefined ? [{ message: crowd.message }] : []), ...notices],
        failures: [...(isPlan || crowd === undefined ? [] : [crowd]), ...(legs?.failures ?? []), ...failures],
    };
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
        case 'blocked':
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
        reason: (0,reason/* decisionText */.G)(image.decision),
        ...withDigest(digest),
        ...image.service.matrix,
    };
}
function addressOf({ image, digest }) {
    return digest === undefined ? undefined : `${(0,model_service/* fullName */.f)(image.service.image)}@${digest}`;
}
function namesDraft(name, deliveries) {
    const names = deliveries.map(({ image }) => image.service.name);
    return { name, forms: [{ text: JSON.stringify(names) }], holds: `${names.length} names`, isNeeded: false };
}
/** Name → value, of those that have one. */
function mapDraft(name, deliveries, valueOf) {
    const entries = deliveries.flatMap((delivery) => {
        const value = valueOf(delivery);
        return value === undefined ? [] : [[delivery.image.service.name, value]];
    });
    const text = JSON.stringify(Object.fromEntries(entries));
    return { name, forms: [{ text }], holds: `${entries.length} entries`, isNeeded: true };
}
function reasonsDraft({ plan }) {
    const holds = `those of ${plan.images.length} images`;
    return { name: 'reasons', forms: reasonForms(plan), holds, isNeeded: false };
}
function tooManyDeploys(count) {
    const message = `${count} services want a deploy, but a GitHub matrix takes at most ${MOST_ENTRIES} entries, so that output \`matrix\` ` +
        'is left out; name fewer services with input `services`, in several jobs. What is built is not built again, and counts as ' +
        'changed until a run offers it';
    return { kind: 'usage', message };
}

;// CONCATENATED MODULE: ./src/report/promotion.ts




/** The Action's outputs in mode `promote`, name to value. */
function promotionOutputs({ promotions }) {
    const done = promotions.filter(({ failure }) => failure === undefined);
    const names = (some) => JSON.stringify(some.map(({ service }) => service.name));
    const map = (value) => JSON.stringify(Object.fromEntries(promotions.map((one) => [one.service.name, value(one)])));
    return new Map([
        ['changed', names(done.filter(({ moved }) => moved.length > 0))],
        ['rebuilt', '[]'],
        ['reused', names(done)],
        ['failed', names(promotions.filter(({ failure }) => failure !== undefined))],
        ['digests', map(({ digest }) => digest)],
        ['images', map(({ service, digest }) => `${(0,model_service/* fullName */.f)(service.image)}@${digest}`)],
        ['reasons', '{}'],
    ]);
}
/** What `--json` prints. */
function promotionDocument(result) {
    const images = result.promotions.map(({ service, from, digest, moved, failure }) => ({
        ...{ name: service.name, from, digest, moved },
        ...(failure && { error: failure.message }),
    }));
    return { version: 1, images, notices: result.notices };
}
function promotionLines(result) {
    return [...result.promotions.map((one) => cells(one).join('  ')), summary(result)];
}
function promotionMarkdown(result) {
    const rows = result.promotions.map((one) => `| ${cells(one).map(markdownText).join(' | ')} |`);
    const notices = result.notices.map(({ message }) => `\n> ${markdownText((0,visible/* visible */.RK)(message))}\n`);
    const head = '| service | digest | from | tags |\n| --- | --- | --- | --- |';
    return [`## Images: ${summary(result)}\n`, head, ...rows, ...notices].join('\n') + '\n';
}
function cells({ service, from, digest, moved, failure }) {
    const tags = moved.length === 0 ? 'all tags are there' : `moved ${moved.join(', ')}`;
    return [
        (0,visible/* visible */.RK)(service.name),
        shortDigest(digest),
        from,
        failure === undefined ? tags : failureText(failure),
    ];
}
function summary({ promotions, durationMs }) {
    const failed = promotions.filter(({ failure }) => failure !== undefined).length;
    return `${promotions.length - failed} promoted, ${failed} failed in ${durationText(durationMs)}`;
}

;// CONCATENATED MODULE: ./src/report/verify.ts



const STATES = {
    fresh: 'fresh',
    stale: 'stale',
    'not-running': 'not running',
};
/** The Action's outputs in mode `verify`: `changed` are the stale services, those that want a deploy. */
function verificationOutputs({ verifications }) {
    const stale = verifications.filter(isStale);
    const reasons = stale.map(({ service, seen }) => [service, seen.filter(isOther).map(verify_reason)]);
    return new Map([
        ['changed', JSON.stringify(stale.map(({ service }) => service))],
        ['reasons', JSON.stringify(Object.fromEntries(reasons))],
    ]);
}
/** What `--json` prints. */
function verificationDocument({ commit, verifications, notices }) {
    const services = verifications.map(({ service, fingerprint, state, seen }) => ({
        ...{ name: service, state, fingerprint },
        running: seen,
    }));
    return { version: 1, commit, services, notices };
}
/** One line for all that runs of a service, each in its own, and a summary as the last line. */
function verificationLines(result) {
    const rows = result.verifications.flatMap(rowsOf);
    const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
    const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
    return [...lines.map((line) => line.trimEnd()), verify_summary(result)];
}
function verificationMarkdown(result) {
    const rows = result.verifications.flatMap(rowsOf).map((row) => `| ${row.map(markdownText).join(' | ')} |`);
    const notices = result.notices.map(({ message }) => `\n> ${markdownText(message)}\n`);
    const head = '| service | state | what runs |\n| --- | --- | --- |';
    return [`## What runs: ${verify_summary(result)}\n`, head, ...rows, ...notices].join('\n') + '\n';
}
/** Why the run is red. */
function staleFailures({ verifications }) {
    return verifications.filter(isStale).map((verification) => {
        const others = verification.seen.filter(isOther).map((seen) => seenText(seen, verification));
        const message = `\`${verification.service}\` is stale: ${others.join('; ')}`;
        return { kind: 'verification-failed', message };
    });
}
function isStale({ state }) {
    return state === 'stale';
}
function isOther({ freshness }) {
    return freshness !== 'fresh';
}
function verify_reason({ freshness, ...running }) {
    return { kind: freshness, ...running };
}
function rowsOf(verification) {
    const head = [(0,visible/* visible */.RK)(verification.service), STATES[verification.state]];
    if (verification.seen.length === 0)
        return [[...head, '']];
    return verification.seen.map((seen) => [...head, seenText(seen, verification)]);
}
function seenText(seen, { fingerprint }) {
    const revision = seen.revision === undefined ? '' : `, revision ${(0,visible/* visible */.RK)(seen.revision).slice(0, 40)}`;
    return `${(0,visible/* visible */.RK)(seen.where)}: ${contentText(seen, fingerprint)}${revision}`;
}
function contentText({ freshness, fingerprint }, expected) {
    switch (freshness) {
        case 'fresh':
            return 'the content of the commit';
        case 'other-content':
            return `content ${shortDigest(fingerprint)}, and the commit gives ${shortDigest(expected)}`;
        case 'not-ours':
            return 'it names no fingerprint, so it was not built by this';
    }
}
function verify_summary({ verifications }) {
    const states = Object.entries(STATES);
    return states
        .map(([state, words]) => `${verifications.filter((one) => one.state === state).length} ${words}`)
        .join(', ');
}

;// CONCATENATED MODULE: ./src/pipeline.ts




























/**
 * A whole run: inputs, configuration, snapshot, plan, builds, records, report. Returns the process's exit code. A
 * failure before the first build stops the run with nothing built and nothing written.
 */
async function run(job, ports) {
    const started = ports.clock.now();
    const request = (0,config_request/* parseRequest */.T)(job.inputs, job.defaults);
    if (!request.ok)
        return (0,pipeline_job/* fail */.fJ)(request.failures, ports);
    const run = {
        ...{ job, ports, request: request.value, notices: [] },
        withDisk: await (0,pipeline_job/* countsDisk */.uS)(request.value, ports.git),
    };
    for (const secret of run.request.secrets)
        mask(secret, run);
    const allowed = withoutForbiddenPush(run);
    try {
        if (request.value.mode === 'promote')
            return await promoteTags(allowed, started);
        if (request.value.mode === 'verify')
            return await verifyRunning(run);
        const { mode, shard } = allowed.request;
        if (shard !== undefined)
            return await buildLeg(shard, allowed, started);
        const done = await (mode === 'collect' ? collect : pipeline_carryOut)(allowed, started);
        if (done.ok) {
            const exitCode = await finish(done.value, allowed);
            await cleanUp(allowed);
            return exitCode;
        }
        return job.signal.aborted ? (0,pipeline_job/* fail */.fJ)([INTERRUPTED], ports) : (0,pipeline_job/* fail */.fJ)(done.failures, ports);
    }
    catch (error) {
        return (0,pipeline_job/* fail */.fJ)([job.signal.aborted ? INTERRUPTED : (0,model_failure/* unexpected */.os)(error)], ports);
    }
}
const INTERRUPTED = {
    kind: 'interrupted',
    message: 'The run was interrupted; what had succeeded is recorded.',
};
/** One of several jobs that build: however it ends, what its images came to is left for the job that collects them. */
async function buildLeg(shard, run, started) {
    const report = new LegReport(shard, run);
    const done = await pipeline_carryOut(run, started, report).catch((error) => (0,model_failure/* failed */.gz)((0,model_failure/* unexpected */.os)(error)));
    const failures = done.ok ? [] : run.job.signal.aborted ? [INTERRUPTED] : done.failures;
    const exitCode = done.ok ? await finish(done.value, run) : (0,pipeline_job/* fail */.fJ)(failures, run.ports);
    const uploaded = await report.upload(failures);
    await cleanUp(run);
    return uploaded.ok ? exitCode : Math.max(exitCode, (0,pipeline_job/* fail */.fJ)(uploaded.failures, run.ports));
}
/** A promotion is red when an image is not there, or a tag cannot be pointed at it. */
async function promoteTags(run, started) {
    const { host } = run.ports;
    if (run.job.context.pushForbidden !== undefined)
        return 0;
    const promoted = await promote(run, started);
    if (!promoted.ok)
        return (0,pipeline_job/* fail */.fJ)(run.job.signal.aborted ? [INTERRUPTED] : promoted.failures, run.ports);
    const { value } = promoted;
    host.document(() => promotionDocument(value));
    host.result(() => promotionLines(value));
    if (host.takesOutputs) {
        for (const [name, text] of promotionOutputs(value))
            host.output(name, text);
        await writeSummary(promotionMarkdown(value), run);
    }
    const failures = value.promotions.flatMap(({ failure }) => failure ?? []);
    return failures.length > 0 ? (0,pipeline_job/* fail */.fJ)(failures, run.ports) : 0;
}
/** A verification is red when something runs that is not what the commit gives. */
async function verifyRunning(run) {
    const { host } = run.ports;
    const verified = await verify(run);
    if (!verified.ok)
        return (0,pipeline_job/* fail */.fJ)(run.job.signal.aborted ? [INTERRUPTED] : verified.failures, run.ports);
    const { value } = verified;
    host.document(() => verificationDocument(value));
    host.result(() => verificationLines(value));
    if (host.takesOutputs) {
        for (const [name, text] of verificationOutputs(value))
            host.output(name, text);
        await writeSummary(verificationMarkdown(value), run);
    }
    const failures = staleFailures(value);
    return failures.length > 0 ? (0,pipeline_job/* fail */.fJ)(failures, run.ports) : 0;
}
function withoutForbiddenPush(run) {
    const { pushForbidden } = run.job.context;
    const { push, mode } = run.request;
    if (pushForbidden === undefined || !(push || mode === 'promote'))
        return run;
    (0,pipeline_job/* notify */.me)(run, { message: `Nothing is pushed: ${pushForbidden}.` });
    return { ...run, request: { ...run.request, push: false } };
}
async function pipeline_carryOut(run, started, leg) {
    // git starts while the records are read; who needs its answer asks again, and hears of a failure.
    run.ports.git.root().catch(() => undefined);
    const stored = await (0,pipeline_stored/* loadStored */.cg)(run);
    const loaded = await (0,load/* loadServices */.rZ)(run, stored.memo.config);
    if (!loaded.ok)
        return loaded;
    const { services, found } = loaded.value;
    if (found !== undefined)
        run.ports.host.progress(`no configuration: the images are those of ${found}; \`init\` writes them down`);
    // Legs build by the plan, and tags are pointed when all have ended: too late to hear of one that cannot be.
    const tags = resolveAll(services, run);
    if (!tags.ok)
        return tags;
    const planned = await (0,pipeline_plan/* makePlan */.C)(loaded.value, stored, run);
    if (!planned.ok)
        return planned;
    const { plan } = planned.value;
    const { host, clock } = run.ports;
    const decided = { plan, notices: run.notices, durationMs: clock.now() - started };
    if (run.request.mode === 'plan') {
        const shards = handedOut(plan, run);
        if (!shards.ok)
            return shards;
        const advice = await adviceOn(planned.value, run);
        return advice.ok ? (0,model_failure.ok)({ result: { ...decided, ...shards.value, ...advice.value } }) : advice;
    }
    for (const line of planLines(plan, run.job))
        host.progress(line);
    const recorder = new Recorder(planned.value.state, run);
    const built = await (leg?.build(planned.value) ?? buildPlan(planned.value, run, recorder));
    if (!built.ok)
        return built;
    const result = { ...decided, outcomes: built.value, durationMs: clock.now() - started };
    return (0,model_failure.ok)(leg === undefined ? { result, recorder } : { result });
}
/** What is reported is offered for deployment, which is recorded last: an interruption until then offers nothing. */
async function finish({ result, recorder }, run) {
    const { host } = run.ports;
    host.document(() => planDocument(result));
    host.result(() => [...shown(result, run.job), ...adviceLines(result.advice ?? [])]);
    const failures = host.takesOutputs ? await writeOutputs(result, run) : [];
    // What a deploy cannot be told has not been offered.
    if (failures.length === 0)
        await recorder?.complete();
    const exitCode = exitCodeOf(result, run);
    return failures.length === 0 ? exitCode : Math.max(exitCode, (0,pipeline_job/* fail */.fJ)(failures, run.ports));
}
/** The result for people. */
function shown(result, job) {
    if (job.graph === undefined)
        return resultLines(result, job);
    return job.graph === 'text' ? graphLines(result.plan, job) : graphDiagram(result.plan).trimEnd().split('\n');
}
async function writeOutputs(result, run) {
    const { host } = run.ports;
    if (run.request.shard !== undefined) {
        // A leg knows of a part only, and of all legs of a matrix the outputs of one would count.
        await writeSummary(summaryMarkdown(result), run);
        return [];
    }
    const { values, notices, failures } = outputs(result);
    for (const notice of notices)
        (0,pipeline_job/* notify */.me)(run, notice);
    for (const [name, value] of values)
        host.output(name, value);
    await (result.outcomes === undefined ? publishPlan(result, run) : publishImages(result.outcomes, run));
    await comment(result, run);
    await writeSummary(summaryMarkdown(result), run);
    return failures;
}
async function writeSummary(markdown, run) {
    await run.ports.host.summary(markdown).catch((error) => {
        (0,pipeline_job/* notify */.me)(run, { message: `The job summary could not be written: ${error.message}` });
    });
}
function exitCodeOf(result, run) {
    const failures = (result.outcomes ?? []).flatMap((outcome) => outcome.kind === 'failed' ? [outcome.failure] : []);
    if (failures.length > 0)
        (0,pipeline_job/* fail */.fJ)(failures, run.ports);
    if (run.job.signal.aborted) {
        return (0,pipeline_job/* fail */.fJ)([INTERRUPTED], run.ports);
    }
    const isBlocked = result.outcomes?.some(({ kind }) => kind === 'blocked') === true;
    return failures.length > 0 || isBlocked ? 1 : exitCodeOfPlan(result, run.request);
}
/** Code 10 tells a script that something is to be rebuilt, when it asked for that. */
function exitCodeOfPlan(result, request) {
    return request.mode === 'plan' && request.exitCode && (0,model_plan/* isBuilding */.Hf)(result.plan.images) ? 10 : 0;
}


/***/ }),

/***/ 40000:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ textAt),
/* harmony export */   T: () => (/* binding */ keyOf)
/* harmony export */ });
/* harmony import */ var _fingerprint_committed_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6206);
/* harmony import */ var _fingerprint_encode_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99564);


/** Text of a file where this run looks for files; `undefined` when there is none. */
function textAt(path, { ports, withDisk }) {
    return withDisk ? ports.git.read(path) : (0,_fingerprint_committed_js__WEBPACK_IMPORTED_MODULE_0__/* .committedText */ .a)(path, ports.git);
}
/** Functions and variables of bake whose values are others in every run, or on every machine. */
const UNSTEADY = /\b(?:timestamp|uuidv\d|bcrypt|homedir|BAKE_LOCAL_PLATFORM)\b/;
/**
 * What these files and the environment say, as texts: as long as they are the same, bake prints the same. A variable
 * counts when its name stands anywhere in a file, or when Docker's programs look at it themselves. `undefined`: it
 * cannot be said.
 */
async function basisOf(files, run) {
    const texts = [];
    const words = new Set();
    for (const path of files) {
        const text = await textAt(path, run);
        if (!text.ok || UNSTEADY.test(text.value ?? ''))
            return undefined;
        texts.push(path, JSON.stringify(text.value ?? null));
        for (const [word] of (text.value ?? '').matchAll(/[A-Za-z_]\w*/g))
            words.add(word);
    }
    const variables = Object.entries(run.job.context.variables)
        .filter(([name]) => words.has(name) || /^(?:BAKE|BUILDX|COMPOSE)_/.test(name))
        .sort(([a], [b]) => (a < b ? -1 : 1));
    return files.length === 0 ? [] : [...texts, JSON.stringify(variables)];
}
/**
 * The key of what was understood from a configuration and of `files`, which it names. `undefined`: it has to be
 * understood anew by every run.
 */
async function keyOf(file, files, run) {
    const basis = await basisOf(files, run);
    return basis && (0,_fingerprint_encode_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)([file.path, file.text, run.request.registry ?? '', ...basis]);
}


/***/ }),

/***/ 4837:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  bE: () => (/* binding */ Completion),
  X: () => (/* binding */ namesBeforeAll),
  sC: () => (/* binding */ parentsAmong)
});

// EXTERNAL MODULE: ./src/fingerprint/compute.ts
var compute = __webpack_require__(14793);
// EXTERNAL MODULE: ./src/fingerprint/own-images.ts
var own_images = __webpack_require__(88975);
// EXTERNAL MODULE: ./src/config/invalid.ts
var invalid = __webpack_require__(83517);
// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/model/plan.ts
var plan = __webpack_require__(67978);
// EXTERNAL MODULE: ./src/plan/parents.ts
var parents = __webpack_require__(70002);
// EXTERNAL MODULE: ./src/config/image.ts
var config_image = __webpack_require__(38407);
// EXTERNAL MODULE: ./src/model/request.ts
var model_request = __webpack_require__(6968);
// EXTERNAL MODULE: ./src/state/record.ts
var record = __webpack_require__(10388);
// EXTERNAL MODULE: ./src/state/sealed.ts
var sealed = __webpack_require__(86009);
;// CONCATENATED MODULE: ./src/state/upstream.ts


const SEAL = { header: 'smart-image-build-digest', version: '1' };
/** The stored form, see `sealed.ts`; equal maps have equal texts, whatever their order. */
function encodeDigests(digests) {
    const names = [...digests.keys()].sort();
    return (0,sealed/* seal */.o)(JSON.stringify(Object.fromEntries(names.map((name) => [name, digests.get(name)]))), SEAL);
}
/** Strict: what is not exactly what `encodeDigests` writes is a problem, never half a map. */
function decodeDigests(stored) {
    const unsealed = (0,sealed/* unseal */.D)(stored, SEAL);
    if ('problem' in unsealed)
        return unsealed;
    const { value } = unsealed;
    return (0,record/* isDigests */.qL)(value) ? { digests: new Map(Object.entries(value)) } : { problem: 'it is malformed' };
}

// EXTERNAL MODULE: ./src/pipeline/job.ts
var job = __webpack_require__(38929);
;// CONCATENATED MODULE: ./src/pipeline/upstream.ts







/** Where all runs of a repository share the digests. No input `state` can be this: GitHub trims inputs. */
const SCOPE = ' upstream';
/**
 * Digests of the images of others that services track. Each is found once: in one run an image has one digest, for the
 * commit and for those that it is compared with.
 */
class Upstream {
    #run;
    #digests;
    /** What legs went by, as long as it is not recorded. */
    #handed;
    #recorded;
    constructor(run) {
        this.#run = run;
        this.#handed = run.upstream ?? new Map();
        this.#digests = new Map(this.#handed);
    }
    /**
     * The fingerprints with the digests of all images that a requested service tracks. `services` are all that were
     * gathered: those who are not requested have a say in whether a digest is looked up.
     */
    async complete(gathered, services, requested) {
        const open = [...usersOf(services, gathered)].filter(([reference, users]) => !this.#digests.has(reference) && users.some(({ name }) => requested.has(name)));
        if (open.length === 0 && this.#handed.size === 0)
            return (0,failure.ok)(this.known(gathered, services));
        const found = await this.#find(new Map(open));
        return found.ok ? (0,failure.ok)(this.known(gathered, services)) : found;
    }
    /** The fingerprints with the digests that this run has found already; asks nobody. */
    known({ inputs, fingerprints }, services) {
        const completed = new Map(fingerprints);
        for (const { service, references } of trackedBy(services, inputs)) {
            const { name } = service;
            const fingerprint = completed.get(name);
            if (fingerprint)
                completed.set(name, (0,compute/* withUpstream */.Sq)(fingerprint, references, this.#digests));
        }
        return completed;
    }
    async #find(users) {
        const recorded = await (this.#recorded ??= loadRecorded(this.#run));
        const fresh = new Map();
        const failures = [];
        const search = async (reference, by) => {
            const before = recorded.get(reference);
            const isEnough = before !== undefined && !isLookedUp(by, this.#run);
            const answer = isEnough ? (0,failure.ok)(before) : await digestNow(reference, this.#run);
            if (answer.ok && !isEnough)
                fresh.set(reference, answer.value);
            if (answer.ok)
                this.#digests.set(reference, answer.value);
            else if (before === undefined)
                failures.push(notKnown(reference, by, answer.failures));
            else {
                this.#digests.set(reference, before);
                (0,job/* notify */.me)(this.#run, outdated(reference, before, answer.failures));
            }
        };
        await Promise.all([...users].map(([reference, by]) => search(reference, by)));
        if (isRecording(this.#run))
            await keep(recorded, new Map([...recorded, ...this.#handed, ...fresh]), this.#run);
        this.#handed = new Map();
        return (0,failure/* unless */.NJ)(failures, undefined);
    }
}
function usersOf(services, { inputs }) {
    const users = new Map();
    for (const { service, references } of trackedBy(services, inputs))
        for (const reference of references)
            users.set(reference, [...(users.get(reference) ?? []), service]);
    return users;
}
/** Services that track images of others, with these. */
function trackedBy(services, inputs) {
    const own = (0,own_images/* ownImages */.F)(services);
    return services
        .filter(({ trackUpstream }) => trackUpstream !== 'never')
        .map((service) => {
        const images = inputs.get(service.name)?.images ?? [];
        return { service, references: images.filter((reference) => !isOwn(reference, service, own)) };
    });
}
function isOwn(reference, { name }, own) {
    return ![undefined, name].includes((0,own_images/* ownImage */.Q)(reference, own));
}
/** Whether the digest that was recorded is not good enough. A terminal has records of its own, which no schedule renews. */
function isLookedUp(users, { job: { context } }) {
    const isOwn = context.trigger.kind === 'terminal';
    return isOwn || (0,model_request/* isUpkeep */.H)(context) || users.some(({ trackUpstream }) => trackUpstream === 'always');
}
/** Other branches go by what the default branch recorded, and a plan changes nothing. */
function isRecording({ request, job: { context } }) {
    const { trigger, ref, defaultBranch } = context;
    // A leg leaves that to the job that collects all of them.
    const { mode, shard } = request;
    if (mode !== 'collect' && (mode !== 'build' || shard !== undefined))
        return false;
    if (trigger.kind === 'terminal' || (0,model_request/* isUpkeep */.H)(context))
        return true;
    // A `pull_request_target` has the default branch as its ref.
    const isOnDefault = defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`;
    return isOnDefault && trigger.kind !== 'pull-request';
}
async function digestNow(reference, { request, ports }) {
    const tagAt = reference.lastIndexOf(':') > reference.lastIndexOf('/') ? reference.lastIndexOf(':') : undefined;
    const image = (0,config_image/* parseImage */.zZ)(reference.slice(0, tagAt));
    if ('problem' in image)
        return unanswered(image.problem);
    if (request.localOnly)
        return unanswered('no registry may be asked');
    const tag = tagAt === undefined ? 'latest' : reference.slice(tagAt + 1);
    const found = await ports.registry.find(image.value, tag);
    if (!found.ok)
        return found;
    switch (found.value.kind) {
        case 'exists':
            return (0,failure.ok)(found.value.digest);
        case 'missing':
            return unanswered('its registry has no such image');
        case 'unknown':
            return unanswered(found.value.problem);
    }
}
function unanswered(message) {
    return (0,failure/* failed */.gz)({ kind: 'registry-failed', message });
}
function notKnown(reference, users, why) {
    const names = users.map(({ name }) => `\`${name}\``).join(', ');
    const message = `the digest of \`${reference}\`, which ${names} cannot be compared without, is not known, nor is one recorded: ${(0,failure/* textOf */.b6)(why)}; correct the name, log in to its registry or run again when that answers, or set \`track-upstream: false\``;
    return { kind: 'registry-failed', message };
}
function outdated(reference, digest, why) {
    return { message: `\`${reference}\` counts as it was recorded last, as ${digest}: ${(0,failure/* textOf */.b6)(why)}` };
}
/** What cannot be read is not recorded: that costs questions, and the notice says so. */
async function loadRecorded(run) {
    const stored = await run.ports.store.load(SCOPE);
    if (stored.kind === 'none')
        return new Map();
    const decoded = stored.kind === 'found' ? decodeDigests(stored.text) : stored;
    if ('digests' in decoded)
        return decoded.digests;
    (0,job/* notify */.me)(run, { message: `Recorded digests of images of others are not used: ${decoded.problem}` });
    return new Map();
}
async function keep(before, now, run) {
    const text = encodeDigests(now);
    if (text === encodeDigests(before))
        return;
    const problem = await run.ports.store.save(SCOPE, text);
    if (problem === undefined)
        return;
    (0,job/* notify */.me)(run, { message: `The digests of images of others could not be recorded: ${problem}` });
}

;// CONCATENATED MODULE: ./src/pipeline/completion.ts







/** Adds to fingerprints what no file tells: digests of images of others, and fingerprints of images of ours. */
class Completion {
    #upstream;
    constructor(run) {
        this.#upstream = new Upstream(run);
    }
    /** `services` are all that were gathered. Images of others are looked up for those that are requested. */
    async complete(gathered, services, requested) {
        const fingerprints = await this.#upstream.complete(gathered, services, requested);
        return fingerprints.ok ? (0,failure.ok)(related(services, gathered.inputs, fingerprints.value)) : fingerprints;
    }
    /** Of another commit, with the digests that were looked up already. */
    known(gathered, services) {
        return related(services, gathered.inputs, this.#upstream.known(gathered, services));
    }
}
/** Without those that are built from an image which is not there, or from themselves. */
function related(services, inputs, fingerprints) {
    const complete = new Map();
    const parentsIn = parentsAmong(services, inputs);
    const before = (service) => (0,plan/* imagesBefore */.on)({ service, parents: parentsIn(service) });
    for (const service of (0,parents/* parentsFirst */.IT)(services, before)) {
        const own = fingerprints.get(service.name);
        const parents = before(service).map((name) => [name, complete.get(name)?.digest]);
        if (own === undefined || parents.some(([, digest]) => digest === undefined))
            continue;
        complete.set(service.name, (0,compute/* withParents */.M2)(own, Object.fromEntries(parents)));
    }
    return complete;
}
/** Name of a build context, or of an image, that a Dockerfile says → name of the image of ours that it is. */
function parentsAmong(services, inputs) {
    const own = (0,own_images/* ownImages */.F)(services);
    return ({ name, build }) => {
        const { references = {}, images = [] } = inputs.get(name) ?? {};
        const contexts = Object.keys(references).flatMap((context) => {
            const meant = build.contexts[context];
            return meant?.kind === 'image' ? [[context, meant.image]] : [];
        });
        const addresses = images.flatMap((reference) => {
            const image = (0,own_images/* ownImage */.Q)(reference, own);
            // What an image takes from its own last release is not what this run makes.
            return image === undefined || image === name ? [] : [[reference, image]];
        });
        return Object.fromEntries([...contexts, ...addresses]);
    };
}
/**
 * Name → names of the images that it is built after. Images that wait for each other are a failure; so is one with
 * instructions that run in what starts from it, as what those take is seen by neither Dockerfile.
 */
function namesBeforeAll(services, inputs) {
    const parentsOf = parentsAmong(services, inputs);
    const before = new Map(services.map((service) => [service.name, (0,plan/* imagesBefore */.on)({ service, parents: parentsOf(service) })]));
    for (const service of services) {
        const [parent] = Object.values(parentsOf(service)).filter((name) => inputs.get(name)?.hasTriggers);
        if (parent !== undefined)
            return (0,failure/* failed */.gz)(triggering(parent, service));
    }
    const unlisted = unlistedBases(services, inputs, parentsOf);
    if (unlisted.length > 0)
        return (0,failure/* unless */.NJ)(unlisted, before);
    const cycle = (0,parents/* shortestCycle */.Z7)(before);
    if (cycle === undefined)
        return (0,failure.ok)(before);
    const place = services.find(({ name }) => name === cycle[0])?.place;
    const message = `images are built from each other: ${cycle.join(' → ')}; take one of these steps out`;
    return (0,failure/* failed */.gz)(place === undefined ? { kind: 'config-invalid', message } : (0,invalid/* invalid */.G)(message, place));
}
/** A base's name where the image of a registry stands would be somebody else's image of that name. */
function unlistedBases(services, inputs, parentsOf) {
    const bases = new Set(services.filter(({ kind }) => kind === 'base').map(({ name }) => name));
    return services.flatMap((service) => {
        const { name, file, place } = service;
        const references = bases.size === 0 ? [] : (inputs.get(name)?.images ?? []);
        const named = references.filter((reference) => reference !== name && bases.has(reference) && !(reference in parentsOf(service)));
        return named.map((reference) => {
            const message = `${file} takes \`${reference}\`, which is a base, but \`${name}\` does not list it; add \`bases: [${reference}]\`, or call the base otherwise where an image of others is meant`;
            return place === undefined ? { kind: 'config-invalid', message } : (0,invalid/* invalid */.G)(message, place);
        });
    });
}
function triggering(parent, { name, file }) {
    const message = `\`${parent}\`, which \`${name}\` is built from, has ONBUILD instructions; write them into ${file} instead`;
    return { kind: 'config-invalid', message };
}


/***/ }),

/***/ 10296:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ audienceOf),
  k: () => (/* binding */ decideAll)
});

// EXTERNAL MODULE: ./src/model/fingerprint.ts
var fingerprint = __webpack_require__(91109);
// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/model/request.ts
var model_request = __webpack_require__(6968);
// EXTERNAL MODULE: ./src/plan/decide.ts
var decide = __webpack_require__(92759);
// EXTERNAL MODULE: ./src/plan/parents.ts
var parents = __webpack_require__(70002);
// EXTERNAL MODULE: ./src/model/labels.ts
var model_labels = __webpack_require__(43582);
// EXTERNAL MODULE: ./src/model/service.ts
var model_service = __webpack_require__(41674);
;// CONCATENATED MODULE: ./src/plan/probe.ts




/**
 * Asks where images of these fingerprints exist. Nothing is asked for a service that is not requested. An answer that
 * does not come is `unknown`; only a registry that wants credentials and an engine that is not there are failures.
 */
async function probe(questions, places) {
    const { registry, engine, layouts } = places;
    if (!registry && !engine && !layouts)
        return (0,failure.ok)(questions.map(() => ({})));
    const loaded = questions.filter(({ requested, delivery }) => requested && delivery !== 'none');
    const local = await engine?.find(loaded.map(reference));
    if (local?.ok === false)
        return local;
    const facts = [];
    const answers = await Promise.all(questions.map((question) => askRegistry(question, registry)));
    for (const [index, answer] of answers.entries()) {
        if (!answer.ok)
            return answer;
        const here = local?.value.get(reference(questions[index]));
        facts.push({ ...answer.value, ...(here && { local: here }) });
    }
    return (0,failure.ok)(layouts ? await withKept(facts, questions, layouts) : facts);
}
/** Only of an image that others are built from, and of which nothing else tells that it exists, is it asked whether it is kept. */
async function withKept(facts, questions, layouts) {
    const parents = new Set(questions.flatMap((one) => (one.requested ? Object.values(one.parents) : [])));
    const kept = questions.map(async (question, index) => {
        const known = facts[index] ?? {};
        const { service, delivery, fingerprint } = question;
        const isOpen = (0,decide/* decisionAsked */.J_)(question) === undefined && !(0,decide/* matches */.cK)(question) && existing(known) === undefined;
        if (delivery !== 'none' || !isOpen || !parents.has(service.name))
            return known;
        return { ...known, isKept: await layouts.has({ image: service.image, fingerprint: fingerprint.digest }) };
    });
    return Promise.all(kept);
}
/** The image in the registry. */
function existing({ recorded, tagged }) {
    const found = [recorded, tagged].find((answer) => answer?.kind === 'exists');
    return found?.kind === 'exists' ? found.digest : undefined;
}
/** The complete reference under which an image of the question's fingerprint is kept. */
function reference({ service, tags: [tag] }) {
    return `${(0,model_service/* fullName */.f)(service.image)}:${tag}`;
}
async function askRegistry(question, registry) {
    const { image } = question.service;
    if (registry === undefined || image.registry === undefined || !question.requested)
        return (0,failure.ok)({});
    const [existence, deployed] = await Promise.all([
        askExistence(question, registry),
        question.changedSince === undefined
            ? undefined
            : findOrDoubt(question, { registry, reference: question.changedSince }),
    ]);
    if (!existence.ok)
        return existence;
    if (deployed?.ok === false)
        return deployed;
    const known = { registry, facts: existence.value };
    const [builtAt, parents] = await Promise.all([askAge(question, known), askParents(question, known)]);
    return (0,failure.ok)({
        ...existence.value,
        ...(deployed && { deployed: deployed.value }),
        ...(builtAt !== undefined && { builtAt }),
        ...(parents && { parents }),
    });
}
async function askExistence(question, registry) {
    const digest = (0,decide/* matches */.cK)(question) ? question.record?.digest : undefined;
    const find = (reference) => findOrDoubt(question, { registry, reference });
    const recorded = digest === undefined ? undefined : await find(digest);
    if (recorded?.ok === false)
        return recorded;
    if (recorded?.value.kind === 'exists')
        return (0,failure.ok)({ recorded: recorded.value });
    // A registry that did not answer is not asked the next question, too: each may take until its time is up.
    if (recorded?.value.kind === 'unknown')
        return (0,failure.ok)({ recorded: recorded.value, tagged: recorded.value });
    let tagged = { kind: 'missing' };
    for (const tag of question.tags) {
        const found = await find(tag);
        if (!found.ok)
            return found;
        tagged = found.value;
        if (tagged.kind !== 'missing')
            break;
    }
    return (0,failure.ok)({ tagged, ...(recorded && { recorded: recorded.value }) });
}
/** By the record of that very image, else by its label; `undefined` for an answer that does not come. */
async function askParents(question, { registry, facts }) {
    const digest = existing(facts);
    if (Object.keys(question.parents).length === 0 || digest === undefined)
        return undefined;
    const record = (0,decide/* ownRecord */.MY)(question);
    if (record?.digest === digest && record.parents)
        return record.parents;
    const labels = await registry.labels(question.service.image, digest);
    return labels.ok ? digestsOf(labels.value[model_labels/* PARENTS */.we]) : undefined;
}
/** An image without the label, or with one that cannot be read, was built from no image that is known. */
function digestsOf(label) {
    try {
        const value = JSON.parse(label ?? '{}');
        const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
        return Object.fromEntries(entries.map(([context, digest]) => [context, String(digest)]));
    }
    catch {
        return {};
    }
}
/** An image whose age is asked for in vain is as old as can be. */
async function askAge({ service, notBefore }, { registry, facts }) {
    const digest = existing(facts);
    if (notBefore === undefined || digest === undefined)
        return undefined;
    const labels = await registry.labels(service.image, digest);
    return (labels.ok ? labels.value[model_labels/* BUILT_AT */.ff] : undefined) ?? 'unknown';
}
/** Only who pushes needs rights in the registry; for all others a refusal leaves the question open. */
async function findOrDoubt(question, at) {
    const found = await at.registry.find(question.service.image, at.reference);
    if (found.ok || question.delivery === 'push')
        return found;
    return (0,failure.ok)({ kind: 'unknown', problem: (0,failure/* textOf */.b6)(found.failures) });
}

// EXTERNAL MODULE: ./src/state/merge.ts
var merge = __webpack_require__(12853);
// EXTERNAL MODULE: ./src/fingerprint/gather.ts + 4 modules
var gather = __webpack_require__(84055);
// EXTERNAL MODULE: ./src/model/plan.ts
var plan = __webpack_require__(67978);
// EXTERNAL MODULE: ./src/plan/range.ts
var plan_range = __webpack_require__(30662);
// EXTERNAL MODULE: ./src/pipeline/inputs.ts + 2 modules
var inputs = __webpack_require__(549);
// EXTERNAL MODULE: ./src/pipeline/job.ts
var job = __webpack_require__(38929);
;// CONCATENATED MODULE: ./src/pipeline/baseline.ts







/**
 * Gives each service whose scope has delivered nothing yet what it was where its branch began: a pull request or a new
 * branch wants no deploy of what it did not touch. The default branch, tags and manual runs deliver everything.
 */
async function withBaseline(questions, of) {
    const { run } = of;
    const fresh = questions.filter((question) => question.requested && (0,decide/* ownDelivery */.P_)(question) === undefined);
    if (fresh.length === 0)
        return questions;
    const commit = await (0,plan_range/* branchBase */.MB)(run.job.context, run.ports.git);
    if (commit === undefined)
        return questions;
    // What they are built from has a part in them, too.
    const isAlone = fresh.every(({ parents, service }) => (0,plan/* imagesBefore */.on)({ parents, service }).length === 0);
    const services = (isAlone ? fresh : questions).map((question) => question.service);
    const earlier = await (0,gather/* gatherEarlier */.sM)(services, commit, (0,inputs/* readingOf */.MU)(run));
    if (!earlier.ok) {
        const why = (0,failure/* textOf */.b6)(earlier.failures);
        (0,job/* notify */.me)(run, { message: `Nothing is compared with ${commit}: ${why}` });
        return questions;
    }
    const fingerprints = of.completion.known(earlier.value, services);
    return questions.map((question) => {
        // A service that was not there yet, or could not have been built, has nothing to be compared with.
        const baseline = fingerprints.get(question.service.name);
        return baseline === undefined ? question : { ...question, baseline };
    });
}

// EXTERNAL MODULE: ./src/plan/diff.ts
var diff = __webpack_require__(88256);
;// CONCATENATED MODULE: ./src/pipeline/by-commits.ts






/**
 * Decides by the commit range alone: neither records nor a registry are asked, so what a run before this one failed to
 * build is not built by this one, and what is unchanged gets no tag. A range that is not known builds. An image of others
 * has the same digest before and after.
 */
async function decideByCommits(questions, run, completion) {
    const before = await fingerprintsBefore(questions, run, completion);
    return questions.map((question) => {
        const { service, parents, fingerprint } = question;
        const decision = decisionOf(question, before);
        return {
            service,
            parents,
            fingerprint,
            decision,
            changed: service.kind === 'service' && decision.kind === 'rebuild',
        };
    });
}
async function fingerprintsBefore(questions, run, completion) {
    const { request, job, ports } = run;
    const range = await (0,plan_range/* rangeOf */.be)({ request, context: job.context }, ports.git);
    if (range.kind === 'everything')
        return new Map();
    if (range.kind === 'unknown')
        return range;
    const services = questions.map(({ service }) => service);
    const earlier = await (0,gather/* gatherEarlier */.sM)(services, range.base, (0,inputs/* readingOf */.MU)(run));
    if (earlier.ok)
        return completion.known(earlier.value, services);
    return { problem: (0,failure/* textOf */.b6)(earlier.failures) };
}
function decisionOf(question, before) {
    const { service, fingerprint } = question;
    const asked = (0,decide/* decisionAsked */.J_)(question);
    if (asked !== undefined)
        return asked;
    if ('problem' in before)
        return { kind: 'rebuild', reasons: [{ kind: 'unknown-range', problem: before.problem }] };
    const earlier = before.get(service.name);
    if (earlier === undefined)
        return { kind: 'rebuild', reasons: [{ kind: 'no-record' }] };
    const reasons = (0,diff/* diff */.U)(earlier.document, fingerprint.document);
    return reasons.length > 0 ? { kind: 'rebuild', reasons } : { kind: 'reuse', found: 'range' };
}

// EXTERNAL MODULE: ./src/pipeline/completion.ts + 2 modules
var completion = __webpack_require__(4837);
;// CONCATENATED MODULE: ./src/pipeline/decide-all.ts











/** Decides for each service, in their order. */
async function decideAll(services, snapshot, selection) {
    const { run, completion } = selection;
    const fingerprints = await completion.complete(snapshot, services, selection.requested);
    if (!fingerprints.ok)
        return fingerprints;
    const questions = ask(services, { ...snapshot, fingerprints: fingerprints.value }, selection);
    // A base that a leg is told to build is for images that other legs build.
    const needed = new Set(run.request.shard?.images);
    if (run.request.detect === 'commits')
        return (0,failure.ok)((0,parents/* settled */.gu)(await decideByCommits(questions, run, completion), needed));
    const facts = await probe(questions, placesOf(run));
    if (!facts.ok)
        return facts;
    reportUnknown(facts.value, run);
    await (0,job/* reportLayouts */.Ae)(run);
    const compared = await withBaseline(questions, selection);
    const decided = compared.map((question, index) => (0,decide/* decide */.LD)({ ...question, facts: facts.value[index] ?? {} }));
    return (0,failure.ok)((0,parents/* settled */.gu)(decided, needed));
}
/** One question per service. */
function ask(services, snapshot, of) {
    const { request, job, ports } = of.run;
    const { context } = job;
    const records = (0,merge/* ofOthers */.Np)(of.state.records, context.runId);
    const deliveries = (0,merge/* ofOthers */.Np)(of.state.deliveries, context.runId);
    const audience = audienceOf(of.run, of.isShared);
    const parentsOf = (0,completion/* parentsAmong */.sC)(services, snapshot.inputs);
    const own = request.shard && new Set(request.shard.images);
    return services.map((service) => {
        const fingerprint = snapshot.fingerprints.get(service.name);
        if (fingerprint === undefined)
            throw new Error(`nothing was gathered for ${service.name}`);
        // A leg takes as it is what another one was to build, and builds it only where there is none.
        const isTaken = own?.has(service.name) === false;
        const record = records.get(service.name);
        const delivered = deliveries.get(service.name);
        return {
            service,
            parents: parentsOf(service),
            fingerprint,
            requested: of.requested.has(service.name),
            force: isTaken ? { kind: 'none' } : of.force,
            delivery: deliveryOf(service, request),
            tags: tagsFor(service, { digest: fingerprint.digest, audience }),
            missing: isTaken ? [] : (snapshot.inputs.get(service.name)?.missing.map(({ path }) => path) ?? []),
            ...(record && { record: isTaken ? withoutDigest(record) : record }),
            ...(delivered && { delivered }),
            ...(request.changedSince !== undefined && { changedSince: request.changedSince }),
            ...(service.maxAgeMs !== undefined &&
                !isTaken &&
                // What has expired was handed out by the plan, which looked at the clock before.
                request.mode !== 'collect' &&
                (0,model_request/* isUpkeep */.H)(context) && { notBefore: new Date(ports.clock.now() - service.maxAgeMs).toISOString() }),
        };
    });
}
/** Another leg may have built it anew: then it is what its tag points at. */
function withoutDigest(record) {
    const rest = { ...record };
    delete rest.digest;
    return rest;
}
/** A pull request's own images are found by pull requests alone; all others are found by every run. */
function tagsFor({ kind }, { digest, audience }) {
    const all = (0,fingerprint/* fingerprintTag */.b)(digest, 'all', kind);
    return audience === 'all' ? [all] : [(0,fingerprint/* fingerprintTag */.b)(digest, audience, kind), all];
}
/** A base is only there to be built from: nobody runs it. */
function deliveryOf({ kind }, { push, load }) {
    if (push)
        return 'push';
    return load && kind === 'service' ? 'load' : 'none';
}
function placesOf({ request, ports }) {
    return {
        ...(!request.localOnly && { registry: ports.registry }),
        ...(request.load && { engine: ports.engine }),
        ...(!request.push && { layouts: ports.layouts }),
    };
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
    (0,job/* notify */.me)(run, { message: `It is not known whether ${images}: ${first}` });
}
/** Who may use again what this run builds: with `reuse-pull-requests: false` images of pull requests are kept apart. */
function audienceOf({ job }, isShared) {
    return job.context.trigger.kind === 'pull-request' && !isShared ? 'pull-requests' : 'all';
}


/***/ }),

/***/ 24977:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B1: () => (/* binding */ withNames),
/* harmony export */   WE: () => (/* binding */ explain),
/* harmony export */   WQ: () => (/* binding */ isExplainable)
/* harmony export */ });
/* harmony import */ var _fingerprint_gather_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(84055);
/* harmony import */ var _fingerprint_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(71859);
/* harmony import */ var _fingerprint_lockfile_kinds_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95245);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(549);




/** How many paths a reason names. */
const SHOWN = 20;
/**
 * Names the files and lines behind the reasons: what a service takes is compared with what it took at the record's
 * commit, else at the event's base (the other way round when that was asked for). Reasons whose commits are not at
 * hand stay without names.
 */
async function explain(images, sources) {
    const explained = images.filter(isExplainable);
    const commits = new Map();
    const obtain = onceEach((commit) => sources.run.ports.git.obtain(commit));
    for (const image of explained) {
        const commit = await commitFor(image, sources, obtain);
        if (commit !== undefined)
            commits.set(image, commit);
    }
    const before = new Map();
    for (const commit of new Set(commits.values())) {
        const at = explained.filter((image) => commits.get(image) === commit);
        for (const [image, inspection] of await inspectAt(at, commit, sources.run))
            before.set(image, inspection);
    }
    return images.map((image) => explainedImage(image, before.get(image), sources));
}
function isExplainable({ decision }) {
    return (decision.kind === 'rebuild' &&
        decision.reasons.some(({ kind }) => kind === 'files' || kind === 'dockerfile'));
}
/** Most images were recorded at the same few commits. */
function onceEach(obtain) {
    const known = new Map();
    return (commit) => {
        const found = known.get(commit) ?? obtain(commit);
        known.set(commit, found);
        return found;
    };
}
async function commitFor({ record }, { run, base }, obtain) {
    const { baseRef } = run.request;
    for (const commit of baseRef === undefined ? [record?.commit, base] : [base, record?.commit]) {
        const found = commit === undefined ? undefined : await obtain(commit);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
async function inspectAt(images, commit, run) {
    const services = images.map(({ service }) => service);
    const earlier = await (0,_fingerprint_gather_js__WEBPACK_IMPORTED_MODULE_0__/* .gatherEarlier */ .sM)(services, commit, (0,_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .readingOf */ .MU)(run));
    const found = images.flatMap((image) => {
        const inspection = earlier.ok ? earlier.value.inspections.get(image.service.name) : undefined;
        return inspection === undefined ? [] : [[image, inspection]];
    });
    return new Map(found);
}
function explainedImage(image, before, { snapshot, inspections }) {
    const { service, decision } = image;
    const now = inspections.get(service.name);
    if (decision.kind !== 'rebuild' || before === undefined || now === undefined)
        return image;
    const standIns = snapshot.inputs.get(service.name)?.standIns ?? [];
    const reasons = withNames(decision.reasons, { service, before, now, standIns });
    return { ...image, decision: { kind: 'rebuild', reasons } };
}
/** Reasons with the files and lines behind them. */
function withNames(reasons, sides) {
    return reasons.flatMap((reason) => {
        // When the files are the same the record is of what no commit has.
        if (reason.kind === 'files')
            return filesReasons(sides) ?? [reason];
        return [reason.kind === 'dockerfile' ? { ...reason, lines: changedLines(sides) } : reason];
    });
}
function filesReasons({ service, before, now, standIns }) {
    const [old, current] = [(0,_fingerprint_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .filesOf */ .R8)(before.taken), (0,_fingerprint_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .filesOf */ .R8)(now.taken)];
    const added = [...current.keys()].filter((path) => !old.has(path));
    const removed = [...old.keys()].filter((path) => !current.has(path));
    const modified = [...current].flatMap(([path, entry]) => {
        const earlier = old.get(path);
        const isOther = earlier?.id !== entry.id && !standIns.includes(path);
        return earlier && (isOther || earlier.mode !== entry.mode) ? [path] : [];
    });
    const locks = [...added, ...modified].filter((path) => isLockfileOf(service, path));
    const paths = [...added, ...modified, ...removed].filter((path) => !locks.includes(path)).sort();
    const count = (changed) => changed.filter((path) => !locks.includes(path)).length;
    const files = {
        kind: 'files',
        added: count(added),
        modified: count(modified),
        removed: removed.length,
        paths: paths.slice(0, SHOWN),
    };
    const reasons = locks.map((path) => ({ kind: 'lockfile', path }));
    if (paths.length > 0)
        reasons.push(files);
    return reasons.length > 0 ? reasons : undefined;
}
function isLockfileOf({ lockfiles }, path) {
    return lockfiles === 'auto' ? (0,_fingerprint_lockfile_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .isLockfile */ .e)(path) : lockfiles?.includes(path) === true;
}
/** Lines of what is reached now and was not reached, in these words, before. */
function changedLines({ before, now }) {
    const old = new Set(before.recipe.definition);
    const reached = new Set(now.recipe.definition.filter((text) => !old.has(text)));
    return now.recipe.instructions.filter(({ text }) => reached.has(text)).map(({ line }) => line);
}


/***/ }),

/***/ 549:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  PP: () => (/* binding */ deviations),
  ne: () => (/* binding */ gatherInputs),
  MU: () => (/* binding */ readingOf)
});

// EXTERNAL MODULE: ./src/fingerprint/gather.ts + 4 modules
var gather = __webpack_require__(84055);
// EXTERNAL MODULE: ./src/fingerprint/git-view.ts
var git_view = __webpack_require__(50288);
// EXTERNAL MODULE: ./src/fingerprint/notices.ts
var notices = __webpack_require__(48157);
// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/fingerprint/compute.ts
var compute = __webpack_require__(14793);
// EXTERNAL MODULE: ./src/fingerprint/disk-view.ts
var disk_view = __webpack_require__(32485);
// EXTERNAL MODULE: ./src/fingerprint/inputs.ts
var fingerprint_inputs = __webpack_require__(71859);
// EXTERNAL MODULE: ./src/fingerprint/inspect.ts
var inspect = __webpack_require__(35184);
// EXTERNAL MODULE: ./src/fingerprint/view.ts
var view = __webpack_require__(25187);
;// CONCATENATED MODULE: ./src/fingerprint/verify.ts






/**
 * Compares what was gathered with what a build would take from the disk: git is silent about line endings, permissions,
 * files that it ignores, submodules and sparse checkouts. Only services with a difference are returned. A failure names
 * each file that is not there, or is the pointer to a file of Git LFS in its place.
 */
async function verify(services, gathered, options) {
    return (0,failure/* attempt */.CD)(async () => {
        const { git } = options;
        const view = new disk_view/* DiskView */.V(git, { opened: gathered.opened });
        const found = new Map();
        const failures = [];
        for (const [name, result] of await (0,inspect/* inspect */.Nn)(services, { ...options, view })) {
            if (result.ok)
                found.set(name, result.value);
            else
                failures.push(...result.failures);
        }
        const onDisk = await (0,fingerprint_inputs/* hashed */.Yr)(found, git);
        const deviations = [];
        for (const service of services.filter(({ name }) => found.has(name))) {
            const compared = await compare(service, { ...options, gathered, onDisk });
            if (!compared.ok)
                failures.push(...compared.failures);
            else if (compared.value !== undefined)
                deviations.push(compared.value);
        }
        return (0,failure/* demand */.wo)((0,failure/* unless */.NJ)(failures, deviations));
    });
}
async function compare(service, { gathered, onDisk, git, platform }) {
    const expected = gathered.inspections.get(service.name);
    const actual = onDisk.get(service.name);
    if (expected === undefined || actual === undefined)
        throw new Error(`nothing is known of ${service.name}`);
    const wanted = (0,fingerprint_inputs/* filesOf */.R8)(expected.taken);
    const present = (0,fingerprint_inputs/* filesOf */.R8)(actual.taken);
    const gone = [...wanted].flatMap(([path, { mode }]) => present.has(path) || (mode === view/* SUBMODULE */.NG && holds(present, path)) ? [] : [path]);
    const pointers = [...present].flatMap(([path, { isPointer }]) => (isPointer === true ? [path] : []));
    const failures = [
        ...absentSubmodules(actual.taken).map((path) => notCheckedOut(service, path)),
        ...gone.map((path) => missing(service, path)),
        ...pointers.map((path) => pointer(service, path)),
    ];
    if (failures.length > 0)
        return (0,failure/* unless */.NJ)(failures, undefined);
    const stored = await storedByLfs(present, wanted, git);
    const inspection = { ...actual, taken: actual.taken.map((one) => withPointers(one, stored)) };
    const gatheredInputs = gathered.snapshot.inputs.get(service.name);
    const inputs = demandInputs(service, inspection, gatheredInputs?.standIns ?? []);
    if (isSame(inputs, gatheredInputs))
        return (0,failure.ok)(undefined);
    const before = (0,fingerprint_inputs/* entriesOf */.Mc)(expected.taken);
    const paths = [...(0,fingerprint_inputs/* entriesOf */.Mc)(inspection.taken)].flatMap(([path, entry]) => {
        const other = before.get(path);
        return other?.id === entry.id && other.mode === entry.mode ? [] : [path];
    });
    const fingerprint = (0,compute/* compute */.OX)(service, inputs, [platform]);
    return (0,failure.ok)({ service, inspection, fingerprint, inputs: { ...inputs, uncommitted: paths }, paths });
}
/** Those that a build takes; of what the configuration names besides, the commit is enough. */
function absentSubmodules(taken) {
    const built = taken.filter(({ source }) => source.line !== undefined);
    const entries = built.flatMap(({ selection }) => [...selection.entries.values()]);
    return [...new Set(entries.flatMap(({ absent }) => absent ?? []))];
}
/** A submodule with files that its commit does not have counts by its files. */
function holds(present, folder) {
    return [...present.keys()].some((path) => path.startsWith(`${folder}/`));
}
function demandInputs({ name }, inspection, standIns) {
    const inputs = (0,fingerprint_inputs/* digests */.cI)(new Map([[name, inspection]]), new Map([[name, standIns]])).get(name);
    if (inputs === undefined)
        throw new Error(`no digest of ${name}`);
    return inputs;
}
function isSame(a, b) {
    return a.definition === b?.definition && a.files === b.files;
}
const POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*oid sha256:([0-9a-f]{64})\n/;
/** Files that Git LFS has put in the place of the pointers that the commit holds → id of the pointer. */
async function storedByLfs(present, wanted, git) {
    const stored = new Map();
    for (const [path, entry] of present) {
        const committed = wanted.get(path);
        if (committed === undefined || committed.onDisk || committed.id === entry.id)
            continue;
        if (!isRegular(entry) || !isRegular(committed))
            continue;
        const oid = POINTER.exec(await git.text(committed.id))?.[1];
        if (oid !== undefined && (await git.sha256OnDisk(path)) === oid)
            stored.set(path, committed.id);
    }
    return stored;
}
function isRegular({ mode }) {
    return mode.startsWith('100');
}
function withPointers(taken, stored) {
    if (stored.size === 0)
        return taken;
    const entries = [...taken.selection.entries].map(([path, entry]) => {
        const id = (0,inspect/* isFile */.fo)(entry) ? stored.get((0,inspect/* pathOf */.XM)(taken, entry)) : undefined;
        return [path, id === undefined ? entry : { ...entry, id }];
    });
    return { ...taken, selection: { ...taken.selection, entries: new Map(entries) } };
}
function notCheckedOut(service, path) {
    const message = `\`${service.name}\` takes the submodule ${JSON.stringify(path)}, which is not checked out; run \`git submodule update --init --recursive\` (actions/checkout: \`submodules: recursive\`)`;
    return { kind: 'usage', message };
}
function missing(service, path) {
    const message = `\`${service.name}\` takes ${JSON.stringify(path)}, which the commit has and the work tree has not; check it out (a sparse checkout leaves files out)`;
    return { kind: 'usage', message };
}
function pointer(service, path) {
    const message = `\`${service.name}\` takes ${JSON.stringify(path)}, which is a pointer of Git LFS and not the file; run \`git lfs pull\` (actions/checkout: \`lfs: true\`)`;
    return { kind: 'usage', message };
}

// EXTERNAL MODULE: ./src/fingerprint/need.ts
var need = __webpack_require__(26698);
;// CONCATENATED MODULE: ./src/fingerprint/whole.ts

/**
 * What these answers, of all services in their order, come to; `undefined` when one of them is not for all runs: of
 * something on the disk. `key` names the questions.
 */
async function wholeOf(key, answers, view) {
    const all = [...answers.values()];
    const isForAll = all.every(({ inputs }) => inputs.missing.length + inputs.uncommitted.length === 0);
    if (!isForAll)
        return undefined;
    const needs = [...new Set(all.flatMap(({ roughly }) => roughly.map(atTheTop)))].sort();
    const value = await (0,need/* valueOf */.RP)(needs, view);
    if (value === undefined)
        return undefined;
    const fingerprints = all.map(({ inputs, fingerprint }) => [fingerprint.digest, inputs.fileCount]);
    return { key, needs, value, fingerprints };
}
/** Whether all that the answers rest on is the same still. */
async function isWholeStill(whole, view) {
    return (await (0,need/* valueOf */.RP)(whole.needs, view)) === whole.value;
}
/** Whatever lies in a folder is seen by that folder's id: to look at the root alone is enough. */
function atTheTop(need) {
    const slash = need.indexOf('/');
    return slash === -1 ? need : `n${need.slice(1, slash)}`;
}

// EXTERNAL MODULE: ./src/pipeline/completion.ts + 2 modules
var completion = __webpack_require__(4837);
// EXTERNAL MODULE: ./src/pipeline/job.ts
var job = __webpack_require__(38929);
;// CONCATENATED MODULE: ./src/pipeline/inputs.ts








/** How many names and paths a notice holds. */
const SHOWN = 3;
/** Reads what the services take, with the help of what earlier runs found out. */
async function gatherInputs(loaded, stored, run) {
    const recalled = await recallAll(loaded, stored, run);
    const inputs = recalled ? (0,failure.ok)(recalled) : await read(loaded, stored.memo, run);
    if (inputs.ok)
        for (const notice of inputs.value.known.notices)
            (0,job/* notify */.me)(run, notice);
    return inputs;
}
/** All at once, if nothing that any service rests on has changed since each of them was recorded. */
async function recallAll(loaded, { state, memo }, run) {
    const { services } = loaded;
    const { whole } = memo;
    if (run.withDisk || whole === undefined || whole.key !== keyOf(loaded, run))
        return undefined;
    const documents = new Map(state.records.map(({ fingerprint, document }) => [fingerprint, document]));
    const fingerprints = new Map();
    for (const [index, { name }] of services.entries()) {
        const [digest, fileCount] = whole.fingerprints[index] ?? ['', 0];
        const document = documents.get(digest);
        if (document === undefined)
            return undefined;
        fingerprints.set(name, { document, digest, fileCount });
    }
    const { git } = run.ports;
    const view = new git_view/* GitView */.S(git, git.head, []);
    if (!(await isWholeStill(whole, view)))
        return undefined;
    const snapshot = { commit: git.head, inputs: new Map(), fingerprints };
    const { notices } = whole;
    return { known: { snapshot, all: services, inspections: new Map(), notices, view, opened: [] }, memo };
}
/**
 * Absent where services are built from others, or go by digests of images of others: what one is built from is in its
 * inputs, which are recalled one by one.
 */
function keyOf({ services, key }, run) {
    const isAlone = ({ needs, build, trackUpstream }) => needs.length === 0 &&
        trackUpstream === 'never' &&
        Object.values(build.contexts).every(({ kind }) => kind !== 'image');
    return key !== undefined && services.every(isAlone)
        ? `${key} ${run.job.context.defaultPlatform}`
        : undefined;
}
async function read(loaded, memo, run) {
    const { services, config } = loaded;
    const { withDisk } = run;
    const gathered = await (0,gather/* gather */.kg)(services, { ...readingOf(run), withDisk, memo: memo.answers });
    if (!gathered.ok)
        return gathered;
    const { memo: answers, view, notices } = gathered.value;
    const asked = keyOf(loaded, run);
    // What the disk has part in is said anew by every run.
    const isWhole = asked !== undefined &&
        !withDisk &&
        answers.size === services.length &&
        !hasParents(loaded, gathered.value);
    const whole = isWhole ? await wholeOf(asked, answers, view) : undefined;
    return (0,failure.ok)({
        known: gathered.value,
        memo: { answers, ...(config && { config }), ...(whole && { whole: { ...whole, notices } }) },
    });
}
/** Whether a service is built from another one, whose address its Dockerfile says. */
function hasParents({ services }, { snapshot }) {
    const parentsOf = (0,completion/* parentsAmong */.sC)(services, snapshot.inputs);
    return services.some((service) => Object.keys(parentsOf(service)).length > 0);
}
/**
 * What a build of these services would find on the disk, where that is something else: git is silent about it. In a
 * build a file that is not there is a failure; a plan may be made without it.
 */
async function deviations(services, gathered, run) {
    const isBuild = run.request.mode === 'build';
    if (services.length === 0 || !(isBuild || run.withDisk))
        return (0,failure.ok)([]);
    const verified = await verify(services, gathered, readingOf(run));
    if (!verified.ok) {
        if (isBuild)
            return verified;
        for (const { message } of verified.failures)
            (0,job/* notify */.me)(run, { message: `A build would fail: ${message}` });
        return (0,failure.ok)([]);
    }
    if (verified.value.length > 0)
        (0,job/* notify */.me)(run, { message: deviationText(verified.value, run) });
    return verified;
}
function deviationText(found, { withDisk }) {
    const names = (0,notices/* listed */.KE)(found.map(({ service }) => `\`${service.name}\``), SHOWN);
    const paths = [...new Set(found.flatMap((deviation) => deviation.paths))].map((path) => JSON.stringify(path));
    // With no other file it is the Dockerfile itself, or its ignore file.
    const what = paths.length === 0 ? 'the Dockerfile' : (0,notices/* listed */.KE)(paths, SHOWN);
    const [subject, its] = found.length === 1 ? ['is', 'gets a fingerprint of its own'] : ['are', 'get fingerprints of their own'];
    const where = withDisk ? 'git does not call that a change: look at' : 'look at uncommitted changes,';
    return `${names} ${subject} built from other files than the commit has and so ${its}: ${what}. ${where} line endings, permissions (umask), and files that git ignores`;
}
/** What all reading of inputs needs of a run. */
function readingOf({ ports, job }) {
    return { git: ports.git, platform: job.context.defaultPlatform };
}


/***/ }),

/***/ 38929:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ae: () => (/* binding */ reportLayouts),
/* harmony export */   fJ: () => (/* binding */ fail),
/* harmony export */   me: () => (/* binding */ notify),
/* harmony export */   uS: () => (/* binding */ countsDisk),
/* harmony export */   xm: () => (/* binding */ reportLayers)
/* harmony export */ });
function notify(run, notice) {
    run.notices.push(notice);
    run.ports.host.notice(notice);
}
/** What went wrong with the images that others are built from costs no more than time. */
async function reportLayouts(run) {
    for (const problem of await run.ports.layouts.problems())
        notify(run, { message: `Images that others are built from may have to be built again: ${problem}` });
}
/** So it is with layers; several images have the same to tell. */
async function reportLayers(run) {
    const [problem] = await run.ports.layers.problems();
    if (problem !== undefined)
        notify(run, { message: `Layers of this run are not kept for later ones: ${problem}` });
}
/** Whether the disk counts in place of the commit; a clone without files has none that could. */
async function countsDisk({ inputsFrom }, git) {
    return inputsFrom === 'auto' ? git.hasWorkTree() : inputsFrom === 'worktree';
}
/** Exit codes of contract and command line, by what went wrong. */
const EXIT_CODES = {
    'config-invalid': 2,
    usage: 2,
    'environment-missing': 3,
    'git-failed': 1,
    'registry-failed': 1,
    'registry-denied': 1,
    'engine-failed': 1,
    'artifact-failed': 1,
    'verification-failed': 1,
    'build-failed': 1,
    unexpected: 1,
    interrupted: 130,
};
/** Shows failures that ended a run, and returns its exit code. */
function fail(failures, ports) {
    for (const failure of failures)
        ports.host.failure(failure);
    return Math.max(...failures.map((failure) => EXIT_CODES[failure.kind]));
}


/***/ }),

/***/ 8598:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  iE: () => (/* binding */ CONFIG_PATHS),
  yN: () => (/* binding */ definitionFile),
  rZ: () => (/* binding */ loadServices),
  Xg: () => (/* binding */ readConfig)
});

// EXTERNAL MODULE: ./src/model/failure.ts
var model_failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/config/image.ts
var config_image = __webpack_require__(38407);
// EXTERNAL MODULE: ./src/config/draft.ts
var draft = __webpack_require__(81393);
// EXTERNAL MODULE: ./src/config/resolve.ts + 1 modules
var resolve = __webpack_require__(1213);
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
const LONGEST_NAME = 100;
/**
 * The services of a repository without a configuration: one for each Dockerfile among `paths` (relative to the
 * repository root), named after its folder, which is its context. Two of one name are named after their whole path.
 */
function discoverServices(paths, options) {
    const registry = (0,resolve/* registryOf */.Fv)(options.registry, undefined);
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
        const image = (0,config_image/* withRegistry */.u$)({ repository: name }, registry.value);
        return {
            name,
            context: dockerfile.folder,
            file: dockerfile.path,
            image,
            tags: [],
            paths: [],
            ignore: [],
            generated: {},
            build: draft/* PLAIN_BUILD */.eE,
            trackUpstream: 'never',
            kind: 'service',
            needs: [],
            matrix: {},
        };
    });
    const failures = (0,resolve/* sameImages */.$j)(services).map(({ service, earlier }) => {
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
    const trimmed = word.replace(/^[^a-z\d]+/, '').slice(0, LONGEST_NAME);
    return trimmed.replace(/[^a-z\d]+$/, '') || 'image';
}

;// CONCATENATED MODULE: ./src/config/from/discover.ts
/** What bake reads when it is given no file (buildx, `bake.defaultFilenames`), later ones over earlier ones. */
const BAKE_FILES = [
    'docker-bake.json',
    'docker-bake.hcl',
    'docker-bake.override.json',
    'docker-bake.override.hcl',
];
/** The first that is there, and the first override (compose-go, `cli.DefaultFileNames` and `DefaultOverrideFileNames`). */
const COMPOSE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const COMPOSE_OVERRIDES = [
    'compose.override.yml',
    'compose.override.yaml',
    'docker-compose.override.yml',
    'docker-compose.override.yaml',
];
/** Where images may be defined without a configuration of ours. */
const DEFINITION_FILES = [...BAKE_FILES, ...COMPOSE_FILES, ...COMPOSE_OVERRIDES];
/** The files that define a repository's images, of all that are there: those of bake, else those of Compose. */
function definitionFiles(texts) {
    const bake = BAKE_FILES.filter((path) => texts.has(path));
    if (bake.some((path) => !path.includes('.override.')))
        return bake;
    const compose = COMPOSE_FILES.find((path) => texts.has(path));
    const override = COMPOSE_OVERRIDES.find((path) => texts.has(path));
    if (compose === undefined)
        return [];
    const files = override === undefined ? [compose] : [compose, override];
    return files.some((path) => mayBuild(texts.get(path) ?? '')) ? files : [];
}
/** A file that only names images of others is no definition, and Docker need not be there to read it. */
function mayBuild(text) {
    return /\b(?:build|include|extends)\b/.test(text);
}

// EXTERNAL MODULE: ./src/fingerprint/committed.ts
var committed = __webpack_require__(6206);
// EXTERNAL MODULE: ./src/fingerprint/encode.ts
var encode = __webpack_require__(99564);
// EXTERNAL MODULE: ./src/pipeline/basis.ts
var basis = __webpack_require__(40000);
// EXTERNAL MODULE: ./src/pipeline/job.ts
var job = __webpack_require__(38929);
;// CONCATENATED MODULE: ./src/pipeline/load.ts








/** Where the configuration is looked for when no input names it, in this order. */
const CONFIG_PATHS = [
    ...['.github/smart-image-build.yml', '.github/smart-image-build.yaml'],
    ...['smart-image-build.yml', 'smart-image-build.yaml'],
];
/** The services of the configuration, else of bake or Compose files, else those that the repository's Dockerfiles make. */
async function loadServices(run, known) {
    const found = await readConfig(run);
    if (!found.ok)
        return found;
    const loaded = found.value === undefined ? await discovered(run, known) : await configured(run, found.value, known);
    const { push, mode } = run.request;
    if (!loaded.ok || !(push || mode === 'promote'))
        return loaded;
    const failure = withoutRegistry(loaded.value.services, found.value?.path);
    return failure === undefined ? loaded : (0,model_failure/* failed */.gz)(failure);
}
/** The configuration; `undefined` when there is none, and no input names one. */
async function readConfig(run) {
    const { config } = run.request;
    for (const path of config === undefined ? CONFIG_PATHS : [config]) {
        const text = await (0,basis/* textAt */.$)(path, run);
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
async function configured(run, file, known) {
    const knownKey = known && (await (0,basis/* keyOf */.T)(file, known.files ?? [], run));
    const isKnown = known !== undefined && known.key === knownKey;
    // Loaded only then: reading YAML takes longer to load than all the rest.
    const understood = isKnown ? (0,model_failure.ok)(known) : await (await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(656)]).then(__webpack_require__.bind(__webpack_require__, 9656))).understand(file, run);
    if (!understood.ok)
        return understood;
    for (const notice of understood.value.notices)
        (0,job/* notify */.me)(run, notice);
    const { drafts, key } = understood.value;
    const services = (0,resolve/* fillDrafts */.ii)(drafts, run.job.context.variables);
    if (!services.ok)
        return services;
    const filled = services.value.filter((_, index) => drafts[index]?.open.length !== 0);
    const whole = (0,encode/* digestOf */.ol)([key, ...filled.map(({ build }) => JSON.stringify(build.buildArgs))]);
    return (0,model_failure.ok)({
        ...{ services: services.value, config: understood.value },
        ...(key !== '' && { key: whole }),
        reusePullRequests: understood.value.reusePullRequests,
    });
}
/** What Compose or bake files define is as good as a configuration that says no more than `from` them. */
async function discovered(run, known) {
    const defined = await definitionFile(run);
    if (!defined.ok)
        return defined;
    const loaded = defined.value && (await configured(run, defined.value, known));
    if (loaded?.ok === false)
        return loaded;
    if (loaded !== undefined && loaded.value.services.length > 0)
        return (0,model_failure.ok)({ ...loaded.value, found: (defined.value?.found ?? []).join(', ') });
    const { git } = run.ports;
    const files = run.withDisk ? await git.files() : await (0,committed/* committedFiles */.q)(git);
    if (!files.ok)
        return files;
    const { rootName } = run.job;
    const resolved = discoverServices(files.value, { rootName, registry: run.request.registry });
    if (!resolved.ok)
        return resolved;
    for (const notice of resolved.value.notices)
        (0,job/* notify */.me)(run, notice);
    const config = loaded?.value.config;
    return (0,model_failure.ok)({
        ...{ services: resolved.value.services, reusePullRequests: true, found: 'the Dockerfiles' },
        ...(config && { config }),
    });
}
/** The Compose or bake files of a repository without a configuration. */
async function definitionFile(run) {
    const texts = new Map();
    for (const path of DEFINITION_FILES) {
        const text = await (0,basis/* textAt */.$)(path, run);
        if (!text.ok)
            return text;
        if (text.value !== undefined)
            texts.set(path, text.value);
    }
    const found = definitionFiles(texts);
    const [path] = found;
    return (0,model_failure.ok)(path === undefined ? undefined : { path, text: JSON.stringify({ from: found }), found });
}
/** Whoever pushes must say where to: Docker would take a name without a registry for Docker Hub's. */
function withoutRegistry(services, file) {
    const homeless = services.filter((service) => service.image.registry === undefined);
    const [first] = homeless;
    if (first === undefined)
        return undefined;
    const names = homeless.map((service) => `\`${service.name}\``).join(', ');
    const where = file === undefined
        ? '`registry` (input or flag)'
        : `\`registry:\` in ${file}, or input or flag \`registry\``;
    const message = `a push needs a registry for ${names}; set ${where}, such as \`ghcr.io/acme\``;
    return { kind: 'config-invalid', message, ...(first.place && { place: first.place }) };
}


/***/ }),

/***/ 88227:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ makePlan)
});

// EXTERNAL MODULE: ./src/config/select.ts
var config_select = __webpack_require__(41032);
// EXTERNAL MODULE: ./src/fingerprint/gather.ts + 4 modules
var gather = __webpack_require__(84055);
// EXTERNAL MODULE: ./src/fingerprint/notices.ts
var notices = __webpack_require__(48157);
;// CONCATENATED MODULE: ./src/fingerprint/volatile-notices.ts

/** Names the arguments that count although they only tell which run, commit or day it is: each rebuilds for nothing. */
function volatileArgNotices(services, fingerprints, run) {
    const tellTales = tellTalesOf(run);
    const tellers = new Map();
    for (const service of services) {
        for (const name of Object.keys(fingerprints.get(service.name)?.document.buildArgs ?? {})) {
            const value = service.build.buildArgs[name] ?? '';
            const what = tellTales.find(({ isTold }) => isTold(value))?.what;
            if (what === undefined)
                continue;
            const told = `build argument \`${name}\` is ${what}`;
            tellers.set(told, [...(tellers.get(told) ?? []), service]);
        }
    }
    return [...tellers].map(([told, those]) => {
        const names = (0,notices/* listed */.KE)(those.map((service) => `\`${service.name}\``));
        const message = `${names}: ${told}, so that another one rebuilds the image; if it need not, list it under \`volatile-args\``;
        const place = those[0]?.place;
        return { message, ...(place && { place }) };
    });
}
/** Fewer digits can be something else. */
const SHORTEST_COMMIT = 7;
/** Of a branch that all images are built from, the short name alone may well be a setting that happens to be alike. */
function tellTalesOf({ commit, trigger, ref, defaultBranch, runId, startedAt }) {
    const commits = trigger.kind === 'pull-request' ? [commit, trigger.head] : [commit];
    const short = ref?.replace(/^refs\/(?:heads|tags|pull)\//, '');
    const refs = short === defaultBranch ? [ref] : [ref, short];
    const today = new Date(startedAt).toISOString().slice(0, 'YYYY-MM-DD'.length);
    const day = new RegExp(`^${today.replaceAll('-', '-?')}`);
    return [
        {
            what: 'the commit',
            isTold: (value) => value.length >= SHORTEST_COMMIT && commits.some((each) => each.startsWith(value)),
        },
        { what: 'the branch or tag', isTold: (value) => refs.includes(value) },
        { what: 'the id of the run', isTold: (value) => value === runId },
        { what: "today's date", isTold: (value) => day.test(value) },
    ];
}

// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/model/plan.ts
var plan = __webpack_require__(67978);
// EXTERNAL MODULE: ./src/plan/parents.ts
var parents = __webpack_require__(70002);
// EXTERNAL MODULE: ./src/plan/range.ts
var range = __webpack_require__(30662);
// EXTERNAL MODULE: ./src/pipeline/completion.ts + 2 modules
var completion = __webpack_require__(4837);
// EXTERNAL MODULE: ./src/pipeline/decide-all.ts + 3 modules
var decide_all = __webpack_require__(10296);
// EXTERNAL MODULE: ./src/pipeline/explain.ts
var explain = __webpack_require__(24977);
// EXTERNAL MODULE: ./src/pipeline/inputs.ts + 2 modules
var inputs = __webpack_require__(549);
// EXTERNAL MODULE: ./src/pipeline/job.ts
var job = __webpack_require__(38929);
// EXTERNAL MODULE: ./src/pipeline/stored.ts + 1 modules
var pipeline_stored = __webpack_require__(33428);
;// CONCATENATED MODULE: ./src/pipeline/plan.ts













function factsOf({ job, ports }) {
    return { ...job.context, commit: ports.git.head, startedAt: ports.clock.now() };
}
const BY_COMMITS = '`detect: commits`: the commit range alone decides; unchanged images get no tags, and what an earlier run failed to build is not built again';
/** Decides for each service, in their order, without changing anything but memory of what was read. */
async function makePlan(loaded, stored, run) {
    const { services } = loaded;
    const { shard } = run.request;
    const requested = shard
        ? (0,config_select/* select */.L)(services, shard.images, 'shard')
        : (0,config_select/* select */.L)(services, run.request.services, 'services');
    if (!requested.ok)
        return requested;
    const force = expandForce(services, run.request.force);
    if (!force.ok)
        return force;
    const { state, memo } = stored;
    const gathered = await (0,inputs/* gatherInputs */.ne)(loaded, stored, run);
    if (!gathered.ok)
        return gathered;
    const { known } = gathered.value;
    for (const notice of volatileArgNotices(services, known.snapshot.fingerprints, factsOf(run)))
        (0,job/* notify */.me)(run, notice);
    await (0,pipeline_stored/* keepMemo */.wq)(gathered.value.memo, memo, run);
    if (run.request.detect === 'commits')
        (0,job/* notify */.me)(run, { message: BY_COMMITS });
    const before = (0,completion/* namesBeforeAll */.X)(services, known.snapshot.inputs);
    if (!before.ok)
        return before;
    const wanted = (0,parents/* withAllBefore */.hx)(requested.value, before.value);
    const selection = {
        ...{ run, state, requested: wanted, force: force.value, base: eventBaseOnce(run) },
        ...{ isShared: loaded.reusePullRequests, completion: new completion/* Completion */.bE(run) },
    };
    const first = await (0,decide_all/* decideAll */.k)(services, known.snapshot, selection);
    if (!first.ok)
        return first;
    const seen = await withDisk(first.value, known, selection);
    if (!seen.ok)
        return seen;
    const { images, snapshot, inspections } = seen.value;
    const abilities = abilitiesEarly(images, run);
    reportMissing(images, snapshot, run);
    const plan = await explained(images, { run, base: selection.base, inspections, snapshot });
    const { opened } = known;
    return (0,failure.ok)({
        ...{ plan, snapshot, state, opened, isShared: loaded.reusePullRequests },
        ...(abilities !== undefined && { abilities }),
    });
}
/** The builder answers while the plan is explained. */
function abilitiesEarly(images, { request, ports }) {
    if (request.mode !== 'build' || !(0,plan/* isBuilding */.Hf)(images))
        return undefined;
    const abilities = ports.builder.available(request.builder);
    // Who needs the answer hears of it, unless something else stops the run before.
    abilities.catch(() => undefined);
    return abilities;
}
/**
 * Decides anew for what is to be rebuilt from other files than the commit has: its image may exist, too, and must not
 * be taken for the commit's.
 */
async function withDisk(images, known, selection) {
    let [now, seen] = [images, known];
    const verified = new Set();
    for (;;) {
        // What is decided anew may want further images built.
        const rebuilds = now
            .filter(({ decision, service }) => decision.kind === 'rebuild' && !verified.has(service.name))
            .map(({ service }) => service);
        for (const { name } of rebuilds)
            verified.add(name);
        const complete = await (0,gather/* inspected */._9)(seen, rebuilds, (0,inputs/* readingOf */.MU)(selection.run));
        if (!complete.ok)
            return complete;
        const deviating = await (0,inputs/* deviations */.PP)(rebuilds, complete.value, selection.run);
        if (!deviating.ok)
            return deviating;
        seen = withDeviations(complete.value, deviating.value);
        if (deviating.value.length === 0)
            return (0,failure.ok)({ images: now, snapshot: seen.snapshot, inspections: seen.inspections });
        const services = images.map(({ service }) => service);
        const again = await (0,decide_all/* decideAll */.k)(services, seen.snapshot, selection);
        if (!again.ok)
            return again;
        now = again.value;
    }
}
function withDeviations(known, deviating) {
    const { snapshot, inspections } = known;
    const named = (value) => deviating.map((deviation) => [deviation.service.name, value(deviation)]);
    return {
        ...known,
        snapshot: {
            commit: snapshot.commit,
            inputs: new Map([...snapshot.inputs, ...named(({ inputs }) => inputs)]),
            fingerprints: new Map([...snapshot.fingerprints, ...named(({ fingerprint }) => fingerprint)]),
        },
        inspections: new Map([...inspections, ...named(({ inspection }) => inspection)]),
    };
}
/** The same answer for all who ask, found when the first one does: finding it may take a fetch. */
function eventBaseOnce({ request, job, ports }) {
    let base;
    return () => (base ??= (0,range/* eventBase */.aH)(request, job.context, ports.git));
}
/** The word `bases` stands for all of them, even where a service is called so: a glob such as `base[s]` names that one. */
function expandForce(services, force) {
    if (force.kind !== 'names')
        return (0,failure.ok)(force);
    const others = force.names.filter((name) => name !== BASES);
    const isForBases = others.length < force.names.length;
    const bases = services.filter(({ kind }) => isForBases && kind === 'base');
    if (isForBases && bases.length === 0)
        return (0,failure/* failed */.gz)(NO_BASES);
    const named = others.length === 0 ? (0,failure.ok)([]) : (0,config_select/* select */.L)(services, others, 'force');
    return named.ok ? (0,failure.ok)({ kind: 'names', names: [...bases.map(({ name }) => name), ...named.value] }) : named;
}
const BASES = 'bases';
const NO_BASES = {
    kind: 'usage',
    message: 'force: no base is configured that `bases` could stand for; name one under `bases:`, or services',
};
/** A source that is nowhere makes each run a rebuild; its own sources could count in its place. */
function reportMissing(images, snapshot, run) {
    for (const { service, decision } of images) {
        if (decision.kind !== 'rebuild')
            continue;
        if (!decision.reasons.some(({ kind }) => kind === 'untracked-input'))
            continue;
        for (const { path, line } of snapshot.inputs.get(service.name)?.missing ?? []) {
            const message = `\`${service.name}\` takes ${JSON.stringify(path)}, which is neither tracked nor on the disk; if an earlier step makes it, name its sources under \`generated\``;
            (0,job/* notify */.me)(run, { message, place: { file: service.file, line, column: 1 } });
        }
    }
}
async function explained(images, of) {
    const { run, inspections, snapshot } = of;
    const { baseRef } = run.request;
    const isNeeded = baseRef !== undefined || images.some(explain/* isExplainable */.WQ);
    const base = isNeeded ? await of.base() : undefined;
    if (baseRef !== undefined && base === undefined) {
        (0,job/* notify */.me)(run, {
            message: `Changes are not explained against \`${baseRef}\`: there is no such commit to compare with.`,
        });
    }
    const { commit } = snapshot;
    const plan = { commit, images: await (0,explain/* explain */.WE)(images, { run, base, inspections, snapshot }) };
    return base === undefined ? plan : { ...plan, base };
}


/***/ }),

/***/ 33428:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  wq: () => (/* binding */ keepMemo),
  cg: () => (/* binding */ loadStored),
  uj: () => (/* binding */ storedNow)
});

// EXTERNAL MODULE: ./src/state/decode.ts
var decode = __webpack_require__(2611);
// EXTERNAL MODULE: ./src/state/sealed.ts
var sealed = __webpack_require__(86009);
;// CONCATENATED MODULE: ./src/state/memo.ts

const HEADER = 'smart-image-build-memo';
/** Of the form below; rises with it. */
const FORM = 4;
const NOTHING = { answers: new Map() };
/**
 * Two sealed texts, one after the other: that of the answers is large and often not needed. `version`: of the software,
 * as another one may find something else in the same files.
 */
function encodeMemo({ answers, config, whole }, version) {
    const settings = new Shared();
    const builds = new Shared();
    const storedAnswers = {
        settings: settings.values,
        answers: [...answers].map(([question, answer]) => {
            const { digest, settings: own } = answer.fingerprint;
            return [question, { ...answer, fingerprint: { digest, settings: settings.place(own) } }];
        }),
    };
    const head = {
        builds: builds.values,
        ...(whole && { whole }),
        ...(config && {
            config: {
                ...config,
                drafts: config.drafts.map(({ service, open }) => ({
                    service: { ...service, build: builds.place(service.build) },
                    open,
                })),
            },
        }),
    };
    return [head, storedAnswers].map((part) => (0,sealed/* seal */.o)(JSON.stringify(part), sealOf(version))).join('\n');
}
/** A memo that cannot be read is an empty one: that costs time, and nobody needs to know. */
function decodeMemo(text, version) {
    const { first, rest } = parts(text ?? '');
    const unsealed = (0,sealed/* unseal */.D)(first, sealOf(version));
    if ('problem' in unsealed)
        return NOTHING;
    // The seal tells that the very software that reads it has written it.
    const { config, builds, whole } = unsealed.value;
    let answers;
    return {
        get answers() {
            return (answers ??= decodeAnswers(rest, version));
        },
        ...(config && { config: { ...config, drafts: config.drafts.map((draft) => draftOf(draft, builds)) } }),
        ...(whole && { whole }),
    };
}
/** A sealed text has two lines. */
function parts(text) {
    const end = text.indexOf('\n', text.indexOf('\n') + 1);
    return end === -1 ? { first: text, rest: '' } : { first: text.slice(0, end), rest: text.slice(end + 1) };
}
function decodeAnswers(text, version) {
    const unsealed = (0,sealed/* unseal */.D)(text, sealOf(version));
    if ('problem' in unsealed)
        return NOTHING.answers;
    const { answers, settings } = unsealed.value;
    return new Map(answers.map(([question, answer]) => [question, answerOf(answer, settings)]));
}
function sealOf(version) {
    return { header: HEADER, version: `${FORM}-${version}` };
}
function answerOf(stored, all) {
    const { digest, settings } = stored.fingerprint;
    return { ...stored, fingerprint: { digest, settings: at(all, settings) } };
}
function draftOf({ service, open }, builds) {
    return { service: { ...service, build: at(builds, service.build) }, open };
}
/** Values by their places, each once. */
class Shared {
    values = [];
    #places = new Map();
    place(value) {
        const text = JSON.stringify(value);
        const known = this.#places.get(text);
        if (known !== undefined)
            return known;
        this.#places.set(text, this.values.length);
        return this.values.push(value) - 1;
    }
}
function at(values, place) {
    const value = values[place];
    if (value === undefined)
        throw new Error('a memo names what it does not hold');
    return value;
}

// EXTERNAL MODULE: ./src/pipeline/job.ts
var job = __webpack_require__(38929);
;// CONCATENATED MODULE: ./src/pipeline/stored.ts



async function loadStored(run) {
    // The memo comes with the state.
    const state = await loadState(run, (notice) => {
        (0,job/* notify */.me)(run, notice);
    });
    return { state, memo: decodeMemo(await run.ports.store.loadMemo(), run.job.version) };
}
/** Keeps what was found out for the next run, unless it is what is kept already. */
async function keepMemo(memo, before, run) {
    if (!isSame(memo, before))
        await run.ports.store.saveMemo(encodeMemo(memo, run.job.version));
}
/** An answer that was found again is the very one that was kept. */
function isSame(memo, before) {
    if (memo === before)
        return true;
    if (memo.config !== before.config || memo.whole?.value !== before.whole?.value)
        return false;
    if (memo.whole?.key !== before.whole?.key || memo.answers.size !== before.answers.size)
        return false;
    return [...memo.answers].every(([question, answer]) => before.answers.get(question) === answer);
}
/** What other runs have stored by now; what cannot be read was said when the run began. */
async function storedNow(run) {
    return loadState(run, () => undefined);
}
/** What cannot be read is no record: that costs time, and the notice says so. */
async function loadState(run, notify) {
    const scope = run.job.context.stateScope;
    const none = { scope, records: [], deliveries: [] };
    const stored = await run.ports.store.load(scope);
    switch (stored.kind) {
        case 'none':
            return none;
        case 'unavailable':
            notify({ message: `Earlier records are not available: ${stored.problem}` });
            return none;
        case 'found': {
            const decoded = (0,decode/* decodeState */.UJ)(stored.text, scope);
            if ('state' in decoded)
                return decoded.state;
            notify({ message: `The stored records are not used: ${decoded.problem}` });
            return none;
        }
    }
}


/***/ }),

/***/ 92759:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J_: () => (/* binding */ decisionAsked),
/* harmony export */   LD: () => (/* binding */ decide),
/* harmony export */   MY: () => (/* binding */ ownRecord),
/* harmony export */   P_: () => (/* binding */ ownDelivery),
/* harmony export */   cK: () => (/* binding */ matches)
/* harmony export */ });
/* harmony import */ var _model_service_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41674);
/* harmony import */ var _diff_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(88256);


/** The decision with its reasons. Pure: the same case gives the same plan. Doubt never ends in `reuse`. */
function decide(of) {
    const { service, parents, fingerprint, record } = of;
    const decision = decisionOf(of);
    const builtFrom = of.facts.parents;
    const shared = {
        ...{ service, parents, fingerprint, decision },
        ...(record && { record }),
        ...(builtFrom && { builtFrom }),
    };
    return { ...shared, changed: isChanged(decision, of) };
}
function decisionOf(of) {
    const asked = decisionAsked(of);
    if (asked !== undefined)
        return asked;
    const reuse = reuseOf(of);
    if (reuse === undefined)
        return { kind: 'rebuild', reasons: reasonsOf(of) };
    return isExpired(of) ? { kind: 'rebuild', reasons: [expired(of.facts)] } : reuse;
}
/** Both are in UTC, so that their texts compare as their times do; an image that does not say when it was built is old. */
function isExpired({ notBefore, facts: { builtAt } }) {
    if (notBefore === undefined || builtAt === undefined)
        return false;
    return builtAt === 'unknown' || builtAt < notBefore;
}
function expired({ builtAt }) {
    return builtAt === undefined || builtAt === 'unknown' ? { kind: 'expired' } : { kind: 'expired', builtAt };
}
/** What is decided whether or not an image of this content exists; `undefined` where that is the question. */
function decisionAsked({ requested, force, missing, service }) {
    if (!requested)
        return { kind: 'skip' };
    const isForced = force.kind === 'all' || (force.kind === 'names' && force.names.includes(service.name));
    if (isForced)
        return { kind: 'rebuild', reasons: [{ kind: 'forced' }] };
    if (missing.length === 0)
        return undefined;
    return { kind: 'rebuild', reasons: [{ kind: 'untracked-input', paths: missing }] };
}
/** The engine where that is enough, the record's digest if it still exists, the fingerprint's tag, what is kept, then nothing. */
function reuseOf(of) {
    const { recorded, tagged, local, isKept } = of.facts;
    if (of.delivery === 'load' && local?.kind === 'exists')
        return { kind: 'reuse', found: 'engine' };
    if (recorded?.kind === 'exists')
        return { kind: 'reuse', found: 'record', digest: recorded.digest };
    if (tagged?.kind === 'exists')
        return { kind: 'reuse', found: 'registry', digest: tagged.digest };
    if (of.delivery === 'none' && matches(of))
        return { kind: 'reuse', found: 'record' };
    if (of.delivery === 'none' && isKept === true)
        return { kind: 'reuse', found: 'layout' };
    // Nothing is rebuilt for an outage: pointing the tags asks the registry again, and fails red if it still errs.
    const digest = recorded?.kind === 'unknown' && tagged?.kind !== 'missing' ? of.record?.digest : undefined;
    return of.delivery === 'push' && matches(of) && digest !== undefined
        ? { kind: 'reuse', found: 'record', digest }
        : undefined;
}
/** The record, if it is of this very repository: another one's tells nothing of this image. */
function ownRecord({ record, service }) {
    return record?.image === (0,_model_service_js__WEBPACK_IMPORTED_MODULE_0__/* .fullName */ .f)(service.image) ? record : undefined;
}
/** What was offered last, if it was of this very repository. */
function ownDelivery({ delivered, service, }) {
    return delivered?.image === (0,_model_service_js__WEBPACK_IMPORTED_MODULE_0__/* .fullName */ .f)(service.image) ? delivered : undefined;
}
/** Whether the record speaks of this very content. */
function matches(of) {
    return ownRecord(of)?.fingerprint === of.fingerprint.digest;
}
function reasonsOf(of) {
    const record = ownRecord(of);
    if (record === undefined) {
        const since = of.baseline === undefined ? [] : (0,_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .diff */ .U)(of.baseline.document, of.fingerprint.document);
        return since.length > 0 ? since : [{ kind: 'no-record' }];
    }
    const reasons = (0,_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .diff */ .U)(record.document, of.fingerprint.document);
    if (reasons.length > 0)
        return reasons;
    // What was only built before was never there.
    const wasPushed = of.delivery !== 'push' || record.digest !== undefined;
    return [{ kind: wasPushed ? 'image-missing' : 'no-record' }];
}
/** A push goes by the digest that was delivered last, all other runs by the content; nothing delivered is changed. */
function isChanged(decision, of) {
    if (of.service.kind === 'base')
        return false;
    switch (decision.kind) {
        case 'skip':
            return false;
        case 'rebuild':
            return true;
        case 'reuse': {
            const { deployed } = of.facts;
            // Without an answer it may be another one: a deploy too many mends itself, one too few does not.
            if (deployed !== undefined)
                return deployed.kind !== 'exists' || deployed.digest !== decision.digest;
            const delivered = ownDelivery(of);
            if (delivered === undefined && of.baseline !== undefined) {
                return of.baseline.digest !== of.fingerprint.digest;
            }
            return of.delivery === 'push'
                ? decision.digest !== delivered?.digest
                : delivered?.fingerprint !== of.fingerprint.digest;
        }
    }
}


/***/ }),

/***/ 88256:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ diff)
/* harmony export */ });
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
    const contexts = differingKeys(before.contexts, after.contexts);
    if (contexts.length > 0)
        reasons.push({ kind: 'contexts', names: contexts });
    const parents = differingKeys(before.parents ?? {}, after.parents ?? {});
    reasons.push(...parents.map((name) => ({ kind: 'base', name })));
    return [...reasons, ...upstreamReasons(before.upstream ?? {}, after.upstream ?? {})];
}
function upstreamReasons(before, after) {
    return differingKeys(before, after).map((ref) => {
        const [from, to] = [before[ref], after[ref]];
        return { kind: 'upstream', ref, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    });
}
function differingKeys(a, b) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].filter((key) => a[key] !== b[key]).sort();
}


/***/ }),

/***/ 70002:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IT: () => (/* binding */ parentsFirst),
/* harmony export */   Z7: () => (/* binding */ shortestCycle),
/* harmony export */   gu: () => (/* binding */ settled),
/* harmony export */   hx: () => (/* binding */ withAllBefore)
/* harmony export */ });
/* harmony import */ var _model_plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67978);

/** The shortest circle of images that wait for each other, its first name again at the end; `undefined` without one. */
function shortestCycle(before) {
    let shortest;
    for (const name of before.keys()) {
        const cycle = cycleFrom(name, before);
        if (cycle !== undefined && (shortest === undefined || cycle.length < shortest.length))
            shortest = cycle;
    }
    return shortest;
}
/** Breadth first, so that the first way back is the shortest. */
function cycleFrom(start, before) {
    const seen = new Set();
    let ways = [[start]];
    while (ways.length > 0) {
        const longer = [];
        for (const way of ways) {
            for (const next of before.get(way[0]) ?? []) {
                if (next === start)
                    return [start, ...way].reverse();
                if (!seen.has(next))
                    longer.push([next, ...way]);
                seen.add(next);
            }
        }
        ways = longer;
    }
    return undefined;
}
/** Those names with all images that they are built from, however far back. */
function withAllBefore(names, before) {
    const all = new Set(names);
    for (const name of all)
        for (const parent of before.get(name) ?? [])
            all.add(parent);
    return all;
}
/** The services in an order in which each comes after those that it is built from, as far as there is one. */
function parentsFirst(services, before) {
    const byName = new Map(services.map((service) => [service.name, service]));
    const visited = new Set();
    const order = [];
    const visit = (service) => {
        if (visited.has(service))
            return;
        visited.add(service);
        for (const name of before(service)) {
            const parent = byName.get(name);
            if (parent !== undefined)
                visit(parent);
        }
        order.push(service);
    };
    for (const service of services)
        visit(service);
    return order;
}
/**
 * The decisions with what follows of one for the others: what is built from an image that is built anew, or from another
 * one than it is now, is built anew; a base is built only for an image that is, or where `needed` names it. Nothing is
 * rebuilt for what is not known.
 */
function settled(images, needed = new Set()) {
    let now = images;
    for (;;) {
        const next = now.map((image) => withParentsOf(image, now, needed));
        if (next.every((image, index) => image === now[index]))
            break;
        now = next;
    }
    return now.map((image) => isIdle(image, now, needed) ? { ...image, decision: UNNEEDED, changed: false } : image);
}
const UNNEEDED = { kind: 'skip', isUnneeded: true };
function withParentsOf(image, images, needed) {
    if (image.decision.kind !== 'reuse')
        return image;
    const known = image.builtFrom;
    const contexts = new Map(Object.entries(image.parents).map(([context, name]) => [name, context]));
    const name = (0,_model_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .imagesBefore */ .on)(image).find((each) => {
        const parent = images.find(({ service }) => service.name === each);
        if (parent === undefined || parent.decision.kind === 'skip')
            return false;
        if (parent.decision.kind === 'rebuild')
            return !isIdle(parent, images, needed);
        const context = contexts.get(each);
        if (known === undefined || context === undefined || parent.decision.digest === undefined)
            return false;
        return known[context] !== parent.decision.digest;
    });
    if (name === undefined)
        return image;
    return {
        ...image,
        changed: image.service.kind === 'service',
        decision: { kind: 'rebuild', reasons: [{ kind: 'base', name, isAnew: true }] },
    };
}
/** Whether it is a base that is to be built, although no image that is built starts from it. */
function isIdle(image, images, needed) {
    const { service, decision } = image;
    if (service.kind !== 'base' || decision.kind !== 'rebuild' || (0,_model_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .isWanted */ .Yu)(image))
        return false;
    if (needed.has(service.name))
        return false;
    const dependants = images.filter((one) => (0,_model_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .imagesBefore */ .on)(one).includes(service.name));
    return (dependants.length > 0 &&
        dependants.every((one) => one.decision.kind !== 'rebuild' || isIdle(one, images, needed)));
}


/***/ }),

/***/ 30662:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MB: () => (/* binding */ branchBase),
/* harmony export */   aH: () => (/* binding */ eventBase),
/* harmony export */   be: () => (/* binding */ rangeOf)
/* harmony export */ });
const EVERYTHING = { kind: 'everything' };
/** The range of an event, the same at any depth of the clone. */
async function rangeOf({ request, context, recorded }, git) {
    const { trigger } = context;
    if (request.baseRef !== undefined)
        return since(request.baseRef, git);
    switch (trigger.kind) {
        case 'push':
            return ofPush(trigger, context, git);
        case 'pull-request':
            return ofPullRequest(trigger, git);
        case 'merge-group':
            return since(trigger.base, git);
        case 'tag':
        case 'release':
            return sinceAncestor(await git.previousTag(), git);
        case 'schedule':
        case 'dispatch':
        case 'other':
            return recorded === undefined ? EVERYTHING : since(recorded, git);
        case 'terminal':
            return recorded === undefined
                ? sinceAncestor(await branchPoint(context, git), git)
                : since(recorded, git);
    }
}
/**
 * The commit before the event, when it is at hand or can be fetched; `undefined` when it cannot be found. It only
 * explains: a decision never waits for it or depends on it.
 */
async function eventBase(request, context, git) {
    const range = await rangeOf({ request, context }, git);
    // Nothing differs from itself.
    return range.kind === 'since' && range.base !== git.head ? range.base : undefined;
}
/**
 * Where the run's branch left the one that it goes to; `undefined` for a run that is on no such branch, and where it
 * cannot be found. Pushes in between do not matter: what they changed may have been built by nobody.
 */
async function branchBase(context, git) {
    const range = await branchRange(context, git);
    return range?.kind === 'since' && range.base !== git.head ? range.base : undefined;
}
async function branchRange(context, git) {
    const { trigger, ref, defaultBranch } = context;
    switch (trigger.kind) {
        case 'pull-request':
            return ofPullRequest(trigger, git);
        case 'merge-group':
            return since(trigger.base, git);
        case 'terminal':
            return sinceAncestor(await branchPoint(context, git), git);
        case 'push': {
            const isBranch = defaultBranch !== undefined && ref !== `refs/heads/${defaultBranch}`;
            return isBranch ? sinceBranched(await branchPoint(context, git), git) : undefined;
        }
        case 'tag':
        case 'release':
        case 'schedule':
        case 'dispatch':
        case 'other':
            return undefined;
    }
}
async function ofPush({ before }, context, git) {
    const found = before === undefined ? undefined : await git.obtain(before);
    if (found !== undefined)
        return { kind: 'since', base: found };
    const { ref, defaultBranch } = context;
    if (defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`) {
        return before === undefined ? EVERYTHING : gone(before);
    }
    return sinceBranched(await branchPoint(context, git), git);
}
/** The payload's base moves on with its branch, so it is only where to look for the common ancestor. */
async function ofPullRequest({ base, head }, git) {
    const [into, merged] = await git.parents();
    // GitHub's own merge of the two; a merge that the pull request itself has as its head says nothing of its base.
    if (into !== undefined && merged === head)
        return since(into, git);
    return sinceBranched(await git.mergeBase(base), git);
}
/** Where HEAD left the default branch. */
async function branchPoint({ defaultBranch }, git) {
    const ref = defaultBranch === undefined ? 'HEAD' : `refs/heads/${defaultBranch}`;
    const known = await git.obtain(`refs/remotes/origin/${defaultBranch ?? 'HEAD'}`);
    if (known !== undefined)
        return git.mergeBase(known);
    const tip = await git.remoteHead(ref);
    if (tip.kind === 'found')
        return git.mergeBase(tip.commit);
    return { kind: 'unknown', problem: `the remote repository tells no commit of ${ref}` };
}
/** What was merged by now has no range of its own any more. */
async function sinceBranched(point, git) {
    if (point.kind !== 'found' || point.commit !== git.head)
        return sinceAncestor(point, git);
    return { kind: 'unknown', problem: `${git.head} is part of the branch that it is compared with` };
}
async function sinceAncestor(ancestor, git) {
    switch (ancestor.kind) {
        case 'found':
            return since(ancestor.commit, git);
        case 'none':
            return EVERYTHING;
        case 'unknown':
            return ancestor;
    }
}
async function since(commit, git) {
    const base = await git.obtain(commit);
    return base === undefined ? gone(commit) : { kind: 'since', base };
}
function gone(commit) {
    return {
        kind: 'unknown',
        problem: `there is no commit ${commit} to compare with, and it cannot be fetched`,
    };
}


/***/ }),

/***/ 78880:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ decisionText),
/* harmony export */   u: () => (/* binding */ reasonText)
/* harmony export */ });
/* harmony import */ var _visible_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30776);

const SHOWN_NAMES = 2;
const LONGEST_NAME = 60;
const WHERE_FOUND = {
    record: 'unchanged since its last build',
    registry: 'the registry has an image of this content',
    engine: 'this Docker has an image of this content',
    layout: 'an image of this content is kept',
    range: 'no commit of the range changed it',
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
        case 'lockfile':
            return `lockfile ${(0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .ending */ .K1)((0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(reason.path), LONGEST_NAME)} changed`;
        case 'dockerfile':
            return dockerfileText(reason.lines ?? []);
        case 'untracked-input':
            return `it takes what is neither tracked nor on the disk: ${listed(reason.paths, reason.paths.length)}`;
        case 'contexts':
            return changedText('build context', reason.names);
        case 'build-args':
            return changedText('build argument', reason.names);
        case 'options':
            return changedText('build option', reason.names);
        case 'upstream':
            return upstreamText(reason);
        case 'format':
            return 'this version computes fingerprints anew';
        case 'base':
            return `base ${(0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(reason.name)}`;
        case 'image-missing':
            return 'its image does not exist any more';
        case 'expired':
            return `it is older than it may be${reason.builtAt === undefined ? '' : `, built ${reason.builtAt}`}`;
        case 'unknown-range':
            return `what changed is not known: ${(0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(reason.problem)}`;
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
            return decision.isUnneeded ? 'no image that is built needs it' : 'not asked for';
    }
}
function dockerfileText(lines) {
    if (lines.length === 0)
        return 'Dockerfile changed';
    const names = lines.map(String);
    return `Dockerfile changed in line${lines.length === 1 ? '' : 's'} ${listed(names, names.length)}`;
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
function upstreamText({ ref, from, to }) {
    const image = `image ${(0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .ending */ .K1)((0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(ref), LONGEST_NAME)}`;
    if (from === undefined)
        return `${image} counts now${to === undefined ? '' : `, as ${shortDigest(to)}`}`;
    return to === undefined
        ? `${image} counts no more`
        : `${image} moved from ${shortDigest(from)} to ${shortDigest(to)}`;
}
/** As Docker shortens digests. */
function shortDigest(digest) {
    return digest.replace(/^sha256:/, '').slice(0, 12);
}
/** The first of the names; `total` says how many there are in all, of which `names` may be only some. */
function listed(names, total) {
    const shown = names.slice(0, SHOWN_NAMES).map((name) => (0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .ending */ .K1)((0,_visible_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(name), LONGEST_NAME));
    const more = Math.max(total, names.length) - shown.length;
    return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}


/***/ }),

/***/ 16934:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G5: () => (/* binding */ transferTexts),
/* harmony export */   aC: () => (/* binding */ byteText),
/* harmony export */   bS: () => (/* binding */ stepsText),
/* harmony export */   lP: () => (/* binding */ sizeText),
/* harmony export */   qS: () => (/* binding */ statusText)
/* harmony export */ });
/** `3 steps, 2 cached, 3.0 MB sent, 5.1 MB pushed`, without what is not known. */
function statusText(status) {
    const { sent, pushed } = transferTexts(status);
    const transfers = [sent === '' ? '' : `${sent} sent`, pushed === '' ? '' : `${pushed} pushed`];
    return [stepsText(status), ...transfers].filter((text) => text !== '').join(', ');
}
/** `3 steps, 2 cached` */
function stepsText({ steps, cached }) {
    return steps === 0 ? '' : `${steps} ${steps === 1 ? 'step' : 'steps'}, ${cached} cached`;
}
/** What went over the wire, where that is known. */
function transferTexts({ contextBytes, pushedBytes }) {
    return {
        sent: contextBytes > 0 ? byteText(contextBytes) : '',
        pushed: pushedBytes > 0 ? byteText(pushedBytes) : '',
    };
}
/** `12.3 MB (+1.2 MB)`: and its change, where the size before is known. */
function sizeText(bytes, before) {
    if (bytes === undefined)
        return '';
    if (before === undefined)
        return byteText(bytes);
    const sign = bytes < before ? '−' : '+';
    return `${byteText(bytes)} (${sign}${byteText(Math.abs(bytes - before))})`;
}
const UNITS = ['kB', 'MB', 'GB', 'TB'];
/** As BuildKit and Docker count: in powers of 1000. */
function byteText(bytes) {
    if (bytes < 1000)
        return `${bytes} B`;
    const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length);
    const text = (bytes / 1000 ** power).toFixed(1);
    // 999 999 bytes are no 1000.0 kB.
    return text === '1000.0' && power < UNITS.length
        ? `1.0 ${UNITS[power] ?? ''}`
        : `${text} ${UNITS[power - 1] ?? ''}`;
}


/***/ }),

/***/ 30776:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fu: () => (/* binding */ visibleLog),
/* harmony export */   Ir: () => (/* binding */ beginning),
/* harmony export */   K1: () => (/* binding */ ending),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   kL: () => (/* binding */ visibleMessage)
/* harmony export */ });
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


/***/ }),

/***/ 2611:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KI: () => (/* binding */ decodeAnyState),
/* harmony export */   Md: () => (/* binding */ encodeState),
/* harmony export */   UJ: () => (/* binding */ decodeState)
/* harmony export */ });
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(10388);
/* harmony import */ var _sealed_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(86009);


const SEAL = { header: 'smart-image-build-state', version: '3' };
/** The stored form of a state, see `sealed.ts`. */
function encodeState(value) {
    return (0,_sealed_js__WEBPACK_IMPORTED_MODULE_0__/* .seal */ .o)(JSON.stringify(value), SEAL);
}
/** Strict: what is not exactly what `encodeState` writes for this scope is a problem, never half a state. */
function decodeState(stored, scope) {
    const decoded = decodeAnyState(stored);
    const isAnother = 'state' in decoded && decoded.state.scope !== scope;
    return isAnother ? { problem: 'it belongs to another scope' } : decoded;
}
/** The same, whatever its scope. */
function decodeAnyState(stored) {
    const unsealed = (0,_sealed_js__WEBPACK_IMPORTED_MODULE_0__/* .unseal */ .D)(stored, SEAL);
    if ('problem' in unsealed)
        return unsealed;
    const found = unsealed.value;
    if (typeof found?.scope !== 'string' || Object.keys(found).length !== 3)
        return { problem: 'it is malformed' };
    const { scope, records, deliveries } = found;
    if (!Array.isArray(records) || !Array.isArray(deliveries))
        return { problem: 'it is malformed' };
    const wrong = records.findIndex((record) => !(0,_record_js__WEBPACK_IMPORTED_MODULE_1__/* .isRecord */ .u4)(record));
    if (wrong !== -1)
        return { problem: `its record ${wrong + 1} is malformed` };
    if (!deliveries.every(_record_js__WEBPACK_IMPORTED_MODULE_1__/* .isDelivery */ .Vq))
        return { problem: 'a delivery in it is malformed' };
    return { state: { scope, records, deliveries } };
}


/***/ }),

/***/ 12853:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Np: () => (/* binding */ ofOthers),
/* harmony export */   pJ: () => (/* binding */ newerOf),
/* harmony export */   yX: () => (/* binding */ combined)
/* harmony export */ });
/* unused harmony export withNewest */
/** The list with an entry that is the newest of its service; of the others stays the newest one of another run. */
function withNewest(list, entry) {
    const services = byService(list);
    add(services, entry);
    return [...services.values()].flat();
}
function byService(list) {
    const services = new Map();
    for (const entry of list)
        services.set(entry.service, [...(services.get(entry.service) ?? []), entry]);
    return services;
}
function add(services, entry) {
    const before = services.get(entry.service)?.find(({ runId }) => runId !== entry.runId);
    services.set(entry.service, before === undefined ? [entry] : [entry, before]);
}
/** Per service the newest entry that another run wrote: a re-run must see what its first attempt saw. */
function ofOthers(list, runId) {
    const newest = new Map();
    for (const entry of list)
        if (entry.runId !== runId && !newest.has(entry.service))
            newest.set(entry.service, entry);
    return newest;
}
/**
 * The state with what a run adds: the record of a newer commit stays the newest one, however late the run ends. `orderOf`
 * tells where a commit stands to that of the run.
 */
async function combined(state, { records, deliveries }, orderOf) {
    const all = byService(state.records);
    for (const record of records) {
        const newest = all.get(record.service)?.[0];
        const isOld = newest && newest.runId !== record.runId && (await orderOf(newest.commit)) === 'after';
        add(all, record);
        if (isOld)
            add(all, newest);
    }
    const offered = byService(state.deliveries);
    for (const delivery of deliveries)
        add(offered, delivery);
    return { scope: state.scope, records: [...all.values()].flat(), deliveries: [...offered.values()].flat() };
}
/** Of two states of one scope what is newer of each service: an entry of a cache may be lost, or be an older one. */
function newerOf(a, b) {
    return {
        scope: a.scope,
        records: newerEntries(a.records, b.records, ({ recordedAt }) => recordedAt),
        deliveries: newerEntries(a.deliveries, b.deliveries, ({ at }) => at),
    };
}
function newerEntries(a, b, timeOf) {
    const [ofA, ofB] = [ofOthers(a), ofOthers(b)];
    const isFromB = (service) => {
        const [inA, inB] = [ofA.get(service), ofB.get(service)];
        return inA === undefined || (inB !== undefined && timeOf(inB) > timeOf(inA));
    };
    return [...a.filter(({ service }) => !isFromB(service)), ...b.filter(({ service }) => isFromB(service))];
}


/***/ }),

/***/ 10388:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vq: () => (/* binding */ isDelivery),
/* harmony export */   qL: () => (/* binding */ isDigests),
/* harmony export */   u4: () => (/* binding */ isRecord),
/* harmony export */   wz: () => (/* binding */ isDocument)
/* harmony export */ });
const HASH = /^[0-9a-f]{64}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/**
 * Whether a value of JSON is a record and nothing more. Written out: a library for such checks takes longer for a
 * thousand records than all else that a plan does with them.
 */
function isRecord(value) {
    if (!isObject(value))
        return false;
    const { digest, sizeBytes, durationMs, parents } = value;
    const optional = count(digest) + count(sizeBytes) + count(durationMs) + count(parents);
    return (keysOf(value) === 7 + optional &&
        isText(value.service) &&
        isText(value.image) &&
        isMatch(HASH, value.fingerprint) &&
        isDocument(value.document) &&
        isMatch(COMMIT, value.commit) &&
        isText(value.runId) &&
        isMatch(TIME, value.recordedAt) &&
        (digest === undefined || isMatch(DIGEST, digest)) &&
        (sizeBytes === undefined || typeof sizeBytes === 'number') &&
        (parents === undefined || isDigests(parents)) &&
        (durationMs === undefined || typeof durationMs === 'number'));
}
/** Whether a value of JSON is the document of a fingerprint and nothing more. */
function isDocument(value) {
    return (isObject(value) &&
        keysOf(value) === 6 + count(value.upstream) + count(value.parents) &&
        typeof value.format === 'number' &&
        isMatch(HASH, value.definition) &&
        isMatch(HASH, value.files) &&
        isTexts(value.buildArgs) &&
        isTexts(value.options) &&
        isTexts(value.contexts) &&
        (value.upstream === undefined || isDigests(value.upstream)) &&
        (value.parents === undefined || isTexts(value.parents)));
}
/** Whether a value of JSON maps texts to digests of images, and nothing more. */
function isDigests(value) {
    return isObject(value) && Object.values(value).every((digest) => isMatch(DIGEST, digest));
}
/** Whether a value of JSON is a delivery and nothing more. */
function isDelivery(value) {
    if (!isObject(value))
        return false;
    const { digest } = value;
    return (keysOf(value) === 5 + count(digest) &&
        isText(value.service) &&
        isText(value.image) &&
        isMatch(HASH, value.fingerprint) &&
        isText(value.runId) &&
        isMatch(TIME, value.at) &&
        (digest === undefined || isMatch(DIGEST, digest)));
}
function isTexts(value) {
    return isObject(value) && Object.values(value).every(isText);
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isText(value) {
    return typeof value === 'string';
}
function isMatch(pattern, value) {
    return typeof value === 'string' && pattern.test(value);
}
function count(value) {
    return value === undefined ? 0 : 1;
}
function keysOf(value) {
    return Object.keys(value).length;
}


/***/ }),

/***/ 86009:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ unseal),
/* harmony export */   o: () => (/* binding */ seal)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

/** A stored text: a line with kind, version and sha256 of the rest, then the rest. */
function seal(body, { header, version }) {
    return `${header} ${version} ${sha256(body)}\n${body}`;
}
/** The value in it, or why there is none: a text that was cut, garbled or written in another form is refused whole. */
function unseal(text, { header, version }) {
    const end = text.indexOf('\n');
    const [kind, form, ...checksum] = text.slice(0, Math.max(end, 0)).split(' ');
    const body = text.slice(end + 1);
    if (kind !== header)
        return { problem: `it is not a ${header.replace(/^.*-/, '')} file` };
    if (form !== version)
        return { problem: `its version ${form ?? ''} is not ${version}` };
    if (checksum.join(' ') !== sha256(body))
        return { problem: 'it is damaged' };
    try {
        return { value: JSON.parse(body) };
    }
    catch {
        return { problem: 'it is not JSON' };
    }
}
function sha256(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text, 'utf8').digest('hex');
}


/***/ })

};
