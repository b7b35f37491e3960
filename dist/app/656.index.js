export const id = 656;
export const ids = [656];
export const modules = {

/***/ 9656:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  understand: () => (/* binding */ understand)
});

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./src/config/invalid.ts
var invalid = __webpack_require__(83517);
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
        return { failures: [(0,invalid/* invalid */.G)('only YAML 1.2 is understood; remove the line `%YAML`', placeOf(0))] };
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
function syntaxFailure(error, placeOf) {
    return (0,invalid/* invalid */.G)(syntaxMessage(error), placeOf(error.pos[0]));
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
                this.failures.push((0,invalid/* invalid */.G)('`<<` takes a map, or a list of maps', source.place));
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
            this.failures.push((0,invalid/* invalid */.G)(`\`${key}\` is set twice, first on line ${earlier.place.line}`, entry.place));
    }
    #key(pair, place) {
        const key = this.node(pair.key, place);
        if (this.unreadable)
            return undefined;
        if (key.kind === 'scalar' && key.source !== '')
            return typeof key.value === 'string' ? key.value : key.source;
        this.failures.push((0,invalid/* invalid */.G)('a key must be text that is not empty', place));
        return undefined;
    }
    #place(node, parent) {
        const range = node?.range;
        return range?.[0] === undefined ? parent : this.#placeOf(range[0]);
    }
    #giveUp(message, place) {
        this.unreadable = true;
        this.failures.push((0,invalid/* invalid */.G)(message, place));
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

// EXTERNAL MODULE: ./src/config/pairs.ts
var config_pairs = __webpack_require__(77771);
// EXTERNAL MODULE: ./src/config/paths.ts
var paths = __webpack_require__(81066);
;// CONCATENATED MODULE: ./src/config/from/sources.ts




/** The sources that a configuration names; what is wrong with them is left to `parseConfig`. */
function sourcesOf(text, file) {
    const { root } = readDocument(text, file);
    return root?.kind === 'map' ? readSources(root.entries.get('from'), []) : [];
}
/** Reads the key `from` and adds to `failures` what is wrong. */
function readSources(entry, failures) {
    return entry === undefined
        ? []
        : itemsOf(entry.node, failures).flatMap((item) => sourceOf(item, failures) ?? []);
}
function itemsOf(node, failures) {
    if (node.kind === 'list')
        return node.items.flatMap((item) => itemsOf(item, failures));
    const { place } = node;
    if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '')
        return (0,config_pairs/* splitList */.ry)(node.value, config_pairs/* LINE_OR_COMMA */.R2).map((text) => ({ text, place }));
    failures.push((0,invalid/* invalid */.G)('`from` must be a list of Compose and bake files, or text with one per line', place));
    return [];
}
function sourceOf({ text, place }, failures) {
    const [written = '', pick] = text.split(/#(.*)/s);
    const checked = (0,paths/* filePath */.s$)(written);
    if ('problem' in checked)
        failures.push((0,invalid/* invalid */.G)(`\`from\`: ${checked.problem}`, place));
    else if (!/\.(?:ya?ml|hcl|json)$/.test(checked.value))
        failures.push((0,invalid/* invalid */.G)(`\`from\`: \`${written}\` is neither a Compose file (.yaml, .yml) nor a bake file (.hcl, .json)`, place));
    else if (pick !== undefined && !/^\w[\w-]*$/.test(pick))
        failures.push((0,invalid/* invalid */.G)(`\`from\`: \`#${pick}\` names no group and no target; write \`${written}#NAME\``, place));
    else
        return { path: checked.value, place, ...(pick !== undefined && { pick }) };
    return undefined;
}
function isCompose(path) {
    return /\.ya?ml$/.test(path);
}
/** What bake is asked for: the names after `#`, else the group `default` if there is one, else every target. */
function sources_targetsOf(sources, texts) {
    const picks = sources.flatMap(({ pick }) => pick ?? []);
    if (picks.length > 0)
        return picks;
    const bake = sources.filter(({ path }) => !isCompose(path));
    // All services of Compose files are in a group of that name.
    const hasDefault = bake.length === 0 || bake.some(({ path }) => DEFAULT_GROUP.test(texts.get(path) ?? ''));
    return [hasDefault ? 'default' : '*'];
}
/** In HCL or JSON. Where it errs bake says that there is no such group. */
const DEFAULT_GROUP = /^\s*group\s+"?default"?\s*\{|"group"\s*:\s*\{(?:[^{}]|\{[^{}]*\})*"default"\s*:/m;

// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/config/image.ts
var config_image = __webpack_require__(38407);
;// CONCATENATED MODULE: ./src/config/from/merge.ts


/** Keys whose value is a map, or lines of `KEY=VALUE`. */
const PAIR_KEYS = ['build-args', 'build-contexts', 'labels'];
/**
 * The configuration with the images of Compose and bake files put in. What it says of an image of the same name counts,
 * key by key; maps are merged, as with `defaults`. An image that it calls a base is one.
 */
function withFound(root, found, failures) {
    const bases = new Map(imagesOf(root, 'bases'));
    const services = new Map(imagesOf(root, 'services'));
    for (const image of found) {
        const own = bases.get(image.name) ?? services.get(image.name);
        const entry = merged(image, own, failures);
        const isBase = bases.has(image.name) || (image.kind === 'base' && !services.has(image.name));
        (isBase ? bases : services).set(image.name, entry);
    }
    const entries = new Map(root.entries);
    for (const [key, images] of [
        ['bases', bases],
        ['services', services],
    ]) {
        const own = entries.get(key);
        if (images.size === 0 || isWrong(own))
            continue;
        const place = own?.place ?? root.place;
        entries.set(key, { place, node: { kind: 'map', place, entries: images } });
    }
    return { ...root, entries };
}
function imagesOf(root, key) {
    const node = root.entries.get(key)?.node;
    return node?.kind === 'map' ? node.entries : new Map();
}
function merged(image, own, failures) {
    const { name, place, written } = image;
    if (own !== undefined && isWrong(own))
        return own;
    const said = own?.node.kind === 'map' ? own.node.entries : new Map();
    if (image.isInline && !said.has('file')) {
        const mend = `write it to a file, and name that as \`dockerfile\`, or as \`file\` of \`services.${name}\``;
        failures.push((0,invalid/* invalid */.G)(`the Dockerfile of \`${name}\` stands in ${place.file} itself; ${mend}`, place));
    }
    const entries = new Map(entriesOf(written, place));
    for (const [key, entry] of said) {
        const under = entries.get(key)?.node;
        const over = PAIR_KEYS.includes(key) ? pairsOf(entry.node) : undefined;
        const isMerged = under?.kind === 'map' && over !== undefined;
        entries.set(key, isMerged ? { ...entry, node: { ...under, entries: new Map([...under.entries, ...over]) } } : entry);
    }
    return { place: own?.place ?? place, node: { kind: 'map', place, entries } };
}
/** Neither a map nor empty: whoever reads it says so. */
function isWrong(entry) {
    const node = entry?.node;
    return node?.kind === 'list' || (node?.kind === 'scalar' && node.value !== null);
}
function pairsOf(node) {
    if (node.kind === 'map')
        return node.entries;
    const { place } = node;
    if (node.kind === 'list') {
        const items = node.items.map((item) => (item.kind === 'scalar' ? pairsOf(item) : undefined));
        return items.every((item) => item !== undefined) ? new Map(items.flatMap((item) => [...item])) : undefined;
    }
    if (typeof node.value !== 'string')
        return undefined;
    const pairs = (0,config_pairs/* splitList */.ry)(node.value, config_pairs/* LINE */.pj).map(config_pairs/* splitPair */.T6);
    return new Map(pairs.map(({ name, value }) => [name, { place, node: scalar(value, place) }]));
}
function entriesOf(values, place) {
    return Object.entries(values).map(([key, value]) => [key, { place, node: nodeOf(value, place) }]);
}
function nodeOf(value, place) {
    if (typeof value !== 'object')
        return scalar(value, place);
    if (isList(value))
        return { kind: 'list', place, items: value.map((item) => scalar(item, place)) };
    return { kind: 'map', place, entries: new Map(entriesOf(value, place)) };
}
function isList(value) {
    return Array.isArray(value);
}
function scalar(value, place) {
    return { kind: 'scalar', place, value, source: value === null ? '' : String(value) };
}

// EXTERNAL MODULE: ./src/config/suggest.ts
var suggest = __webpack_require__(42784);
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
        .map(([key, entry]) => (0,invalid/* invalid */.G)(keyMessage(key, table), entry.place));
}
function keyMessage(key, { allowed, perService }) {
    if (perService.includes(key)) {
        return `\`${key}\` cannot be the same for all services; say it in each service, not in \`defaults\``;
    }
    const word = COMPOSE_WORDS.get(key.toLowerCase()) ?? key;
    const near = (0,suggest/* closest */.k)(word, allowed);
    if (near !== undefined)
        return `unknown key \`${key}\`; did you mean \`${near}\`?`;
    return `unknown key \`${key}\`; allowed here: ${allowed.join(', ')}`;
}

// EXTERNAL MODULE: ./src/config/schema.ts
var schema = __webpack_require__(90131);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var valibot_dist = __webpack_require__(77934);
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
        const written = plainValue(entry.node, asWritten);
        // Its keys are ours, so none of them is one that a person chose.
        const plain = key === 'health' && written instanceof Map ? Object.fromEntries(written) : written;
        const result = valibot_dist/* safeParse */.xLC(schema/* serviceEntries */.oX[key], plain);
        if (result.success)
            return result.output;
        for (const { issue, steps } of result.issues.flatMap((issue) => innermost(issue))) {
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
        const items = typeof value === 'string' ? (0,config_pairs/* splitList */.ry)(value, separator) : value.map((item) => item.trim());
        const checked = items.map((item, index) => this.#take(check(item), key, [index]));
        return checked.every((item) => item !== undefined) ? checked : undefined;
    }
    /** Name → value of a map or of KEY=VALUE lines; `check` may refuse or change names that `pairName` lets pass. */
    pairs(key, check) {
        const pairs = new Map();
        for (const { name: written, value, step } of this.#pairTexts(key)) {
            const valid = this.#take((0,config_pairs/* pairName */._x)(written), key, [step]);
            const name = valid === undefined ? undefined : this.#take(check(valid), key, [step]);
            if (name === undefined)
                continue;
            const path = [this.#section.path, key, written].join('.');
            if (pairs.has(name))
                this.fail(key, `sets \`${name}\` twice`, [step]);
            pairs.set(name, { path, place: this.#place(key, [step]), value });
        }
        return pairs;
    }
    /** Names of other images, each at its place; of a text with several, at the text. */
    names(key) {
        const value = this.value(key);
        if (value === undefined)
            return undefined;
        const isList = Array.isArray(value);
        const names = isList ? value : key === 'stage-of' ? [value] : (0,config_pairs/* splitList */.ry)(value, config_pairs/* LINE_OR_COMMA */.R2);
        return names.map((name, index) => ({ name, place: this.#place(key, isList ? [index] : []) }));
    }
    /** What each name of a map stands for; in a list every name stands for itself. */
    named(key) {
        const value = this.value(key);
        if (value === undefined)
            return [];
        if (value instanceof Map)
            return [...value].map(([alias, name]) => [alias, { name, place: this.#place(key, [alias]) }]);
        const isList = Array.isArray(value);
        const names = isList ? value : (0,config_pairs/* splitList */.ry)(value, config_pairs/* LINE_OR_COMMA */.R2);
        return names.map((name, index) => [name, { name, place: this.#place(key, isList ? [index] : []) }]);
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
        this.#failures.push((0,invalid/* invalid */.G)(`\`${this.#section.path}.${key}\` ${problem}`, this.#place(key, steps)));
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
        const lines = typeof value === 'string' ? (0,config_pairs/* splitList */.ry)(value, config_pairs/* LINE */.pj) : value.map((line) => line.trim());
        return lines.map((line, index) => ({ ...(0,config_pairs/* splitPair */.T6)(line), step: index }));
    }
    #take(checked, key, steps) {
        if ('value' in checked)
            return checked.value;
        this.#failures.push((0,invalid/* invalid */.G)(`\`${this.#section.path}.${key}\`: ${checked.problem}`, this.#place(key, steps)));
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
function innermost(issue, outside = []) {
    const steps = [...outside, ...(issue.path ?? []).map((item) => item.key)];
    const inside = (issue.issues ?? []).filter(({ path }) => path !== undefined);
    return inside.length > 0 ? inside.flatMap((inner) => innermost(inner, steps)) : [{ issue, steps }];
}
function shapeFailure(path, node, issue) {
    if (issue.type === 'strict_object' && issue.path !== undefined) {
        const problem = issue.expected === 'never' ? 'is an unknown key' : 'is missing';
        return (0,invalid/* invalid */.G)(`\`${path}\` ${problem}; write ${issue.message}`, node.place);
    }
    const quotes = issue.message === 'text' && node.kind === 'scalar' && node.value !== null && node.source !== '';
    const mend = quotes && typeof node.value !== 'string' ? '; put it in quotes' : '';
    return (0,invalid/* invalid */.G)(`\`${path}\` must be ${issue.message}, but is ${describe(node)}${mend}`, node.place);
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

;// CONCATENATED MODULE: ./src/config/contexts.ts



/** An image's name, `:tag` and `@algorithm:digest`, the last two optional. */
const REFERENCE = /^(.+?)(?::(\w[\w.-]{0,127}))?(@[a-z][a-z\d]*(?:[-_+.][a-z][a-z\d]*)*:[\da-f]{32,})?$/i;
/** What the words before `://` are in addresses that buildx gives to BuildKit. */
const SCHEMES = ['docker-image', 'oci-layout', 'https', 'http', 'git', 'ssh'];
/** `git@host:path` and what buildx takes for a repository at GitHub. */
const GIT_ADDRESS = /^[\w-]+@[\w.-]+:.|^github\.com\/./;
/**
 * The folder of a layout, what follows it may be `:tag` and a whole digest. With neither, buildx takes the image
 * `latest`, else the only one (`build/opt.go`, `util/ocilayout/parse.go`).
 */
const OCI_LAYOUT = /^(?![:@])(?:(?!@sha\d+:).)+(?<![:@])(?:@(?:sha256:[\da-f]{64}|sha384:[\da-f]{96}|sha512:[\da-f]{128}))?$/;
const SOURCES = 'a folder, `docker-image://…`, `https://…`, `git@…` or `oci-layout://…`';
/** Build contexts besides the main one, by name; a name as `contextName` gives it. */
function readContexts(reader, failures) {
    const contexts = new Map();
    for (const [name, { value, path, place }] of reader.pairs('build-contexts', contextName)) {
        const source = contextSource(value ?? '');
        if ('value' in source)
            contexts.set(name, source.value);
        else
            failures.push((0,invalid/* invalid */.G)(`\`${path}\`: ${source.problem}`, place));
    }
    return contexts;
}
/**
 * The name as buildx keeps it, in which BuildKit looks it up: `docker.io/library/alpine:latest` is `alpine`. Two names
 * of one context are thus the same.
 */
function contextName(text) {
    const name = normalName(text);
    if (name !== undefined)
        return { value: name };
    const small = normalName(text.toLowerCase());
    const mend = small === undefined
        ? 'write it like the name of an image, such as `assets` or `docker.io/library/alpine:latest`'
        : `write \`${text.toLowerCase()}\``;
    return { problem: `\`${text}\` is not a name of a build context; ${mend}` };
}
/** `undefined`: no reference of an image, whose names are in small letters while its tag need not be. */
function normalName(text) {
    const [, name = '', tag, digest = ''] = REFERENCE.exec(text) ?? [];
    const image = (0,config_image/* parseImage */.zZ)(name);
    if ('problem' in image || name !== name.toLowerCase())
        return undefined;
    const isLatest = tag === undefined || (tag === 'latest' && digest === '');
    return `${(0,config_image/* familiarName */.hG)(image.value)}${isLatest ? '' : `:${tag}`}${digest}`;
}
function contextSource(text) {
    if (text === '')
        return { problem: `has no source; write ${SOURCES}; \`.\` is the repository root` };
    const image = /^(?:service|target):(.*)$/s.exec(text)?.[1];
    if (image === '')
        return { problem: `\`${text}\` names no image; write its name after it` };
    if (image !== undefined)
        return { value: { kind: 'image', image } };
    const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1];
    if (scheme === undefined && !GIT_ADDRESS.test(text)) {
        const folder = (0,paths/* folderPath */.IC)(text);
        return 'value' in folder ? { value: { kind: 'folder', folder: folder.value } } : folder;
    }
    if (scheme !== undefined && !SCHEMES.includes(scheme))
        return { problem: `\`${scheme}://\` is not understood; write ${SOURCES}` };
    const address = scheme === undefined ? text : text.slice(scheme.length + '://'.length);
    const isImage = scheme === 'docker-image';
    if (!/^[^\s\p{Cc}]+$/u.test(address) || (isImage && normalName(address) === undefined))
        return { problem: `\`${text}\` names nothing; write the whole ${isImage ? 'image' : 'address'} after it` };
    if (scheme === 'oci-layout' && !OCI_LAYOUT.test(address)) {
        const mend = 'write `oci-layout://` and its folder, then `:tag` or a whole `@sha256:…`';
        return { problem: `\`${text}\` names no image of a layout; ${mend}` };
    }
    return { value: { kind: 'reference', reference: text } };
}

// EXTERNAL MODULE: ./src/config/interpolate.ts
var interpolate = __webpack_require__(72757);
;// CONCATENATED MODULE: ./src/config/patterns.ts



/** What a pattern of gitignore can hold although it then matches nothing, or not what was meant, with the mend. */
const MEANINGLESS = [
    [/^$/, 'names nothing; write what to match, such as `docs/**`'],
    [/^!$/, 'alone takes back nothing; write `!` and what to take back, such as `!docs/**`'],
    [/^#/, 'is a comment in an ignore file; write `\\#` for a file whose name starts so'],
    [/^!?[a-z]:[\\/]/i, 'is outside the repository; write a pattern relative to the repository root'],
    [
        /^!?(?:.*\/)?\.\.(?:\/|$)/,
        'holds `..`, which no path within the repository has; write the pattern from the repository root',
    ],
    [/(?<!\\)(?:\\\\)*\\(?:[\p{L}\p{N}._/-]|$)/u, 'holds a backslash; write `/` between folders'],
    [
        /(?<!\\)\{[^{}]*,[^{}]*\}/,
        'holds a list in `{}`, which ignore files do not know; write one pattern for each, or `\\{` for the character',
    ],
];
/** A complete `[…]`, in which a `]` that stands first is a member, or a character that a backslash makes plain. */
const PLAIN_OR_CLASS = /\\.|\[(?:[!^]|(?![!^]))(?:\\.|\[:[a-z]+:\]|[^\\])(?:\\.|\[:[a-z]+:\]|[^\]\\])*\]/g;
/** A pattern of gitignore, relative to the repository root, unless it could never match anything. */
function pattern(text) {
    if (/\p{Cc}/u.test(text))
        return { problem: 'the pattern holds a control character or a line break' };
    const problem = MEANINGLESS.find(([sign]) => sign.test(text))?.[1];
    if (problem !== undefined)
        return { problem: `\`${text}\` ${problem}` };
    if (text.replace(PLAIN_OR_CLASS, '').includes('[')) {
        return {
            problem: `\`${text}\` opens a \`[\` that nothing closes; write \`\\[\` for the character itself`,
        };
    }
    const mended = withoutEmptyParts(text);
    return mended === text ? { value: text } : { problem: `\`${text}\` matches nothing; write \`${mended}\`` };
}
/** `./docs//api/` as `/docs/api/`: no path that patterns are held against has a part that is empty or `.`. */
function withoutEmptyParts(text) {
    const [, not = '', start = '', body = '', end = ''] = /^(!?)((?:\.?\/)*)(.*?)(\/*)$/.exec(text) ?? [];
    const parts = body.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.length === 0)
        return `${not}**`;
    return `${not}${start === '' ? '' : '/'}${parts.join('/')}${end === '' ? '' : '/'}`;
}
/** Inputs beyond what the Dockerfile takes. */
function readPaths(reader) {
    const patterns = reader.list('paths', config_pairs/* LINE */.pj, pattern);
    if (patterns !== undefined && takesNothing(patterns))
        reader.fail('paths', ONLY_TAKEN_BACK);
    return patterns;
}
/** What an earlier step makes → patterns of its sources. */
function readGenerated(reader, failures) {
    const generated = new Map();
    for (const [name, setting] of reader.map('generated')) {
        const path = madePath(name);
        if ('problem' in path) {
            failures.push((0,invalid/* invalid */.G)(`\`${setting.path}\`: ${path.problem}`, setting.key));
            continue;
        }
        if (generated.has(path.value))
            failures.push((0,invalid/* invalid */.G)(`\`${setting.path}\`: \`${path.value}\` is set twice`, setting.key));
        generated.set(path.value, patterns_readSources(setting, failures));
    }
    return generated;
}
const ONLY_TAKEN_BACK = 'has only patterns with `!`, which take in nothing; name first what counts';
function takesNothing(patterns) {
    return patterns.length > 0 && patterns.every((text) => text.startsWith('!'));
}
function madePath(text) {
    if (/[*?]/.test(text))
        return { problem: `\`${text}\` is a pattern; name the one file or folder that is made` };
    const checked = (0,paths/* folderPath */.IC)(text);
    if (!('value' in checked) || checked.value !== '')
        return checked;
    return { problem: `\`${text}\` is the whole repository; name the file or folder that is made in it` };
}
/** `setting` has the shape of a list of texts. */
function patterns_readSources({ node, path, key }, failures) {
    const written = node.kind === 'list'
        ? node.items.map((item) => ({
            text: item.kind === 'scalar' ? item.source.trim() : '',
            place: item.place,
        }))
        : (0,config_pairs/* splitList */.ry)(node.kind === 'scalar' ? node.source : '', config_pairs/* LINE */.pj).map((text) => ({
            text,
            place: node.place,
        }));
    for (const { text, place } of written) {
        const checked = pattern(text);
        if ('problem' in checked)
            failures.push((0,invalid/* invalid */.G)(`\`${path}\`: ${checked.problem}`, place));
    }
    const sources = written.map(({ text }) => text);
    if (sources.length === 0)
        failures.push((0,invalid/* invalid */.G)(`\`${path}\` has no source; name at least one pattern of the files it is made from`, key));
    if (takesNothing(sources))
        failures.push((0,invalid/* invalid */.G)(`\`${path}\` ${ONLY_TAKEN_BACK}`, node.place));
    return sources;
}

;// CONCATENATED MODULE: ./src/config/platform.ts
const PLATFORM = /^[a-z\d]+\/[a-z\d_]+(?:\/[a-z\d.]+)?$/;
/** Go's names (`go tool dist list`), which BuildKit goes by, and what containerd takes for one of them. */
const PROCESSORS = [
    ...['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips', 'mips64', 'mips64le', 'mipsle', 'ppc64', 'ppc64le'],
    ...['riscv64', 's390x', 'wasm', 'wasm32'],
];
const ALIASES = ['aarch64', 'armel', 'armhf', 'i386', 'x86_64'];
function platform(text) {
    if (!PLATFORM.test(text)) {
        const mend = /^[a-z\d_]+$/.test(text) ? `; write \`linux/${text}\`` : '';
        return { problem: `\`${text}\` is not os/arch or os/arch/variant in small letters${mend}` };
    }
    const [, processor = ''] = text.split('/');
    return PROCESSORS.includes(processor) || ALIASES.includes(processor)
        ? { value: text }
        : { problem: `\`${text}\`: there is no processor \`${processor}\`; use ${PROCESSORS.join(', ')}` };
}

;// CONCATENATED MODULE: ./src/config/health.ts
const MILLISECONDS = { s: 1000, m: 60_000 };
/** What the schema has checked, with its defaults. */
function readHealth(reader) {
    const health = reader.value('health');
    if (health === undefined)
        return undefined;
    const { port, path = '/', timeout = '30s' } = health;
    const unit = timeout.at(-1);
    return { port, path, timeoutMs: Number(timeout.slice(0, -1)) * MILLISECONDS[unit] };
}

;// CONCATENATED MODULE: ./src/config/settings.ts










/** Fields that this action writes itself into the entries of the output `matrix`. */
const MATRIX_FIELDS = ['service', 'action', 'fingerprint', 'reason', 'digest'];
/** Reads the keys that `section` holds and adds to `failures` every value that is wrong. Unknown keys are not read. */
function readSettings(section, failures) {
    const reader = new SectionReader(section, failures);
    return {
        ...withoutUndefined({
            context: reader.checked('context', paths/* folderPath */.IC),
            file: reader.checked('file', paths/* filePath */.s$),
            image: reader.checked('image', config_image/* parseImage */.zZ),
            tags: reader.list('tags', config_pairs/* LINE */.pj),
            paths: readPaths(reader),
            ignore: reader.list('ignore', config_pairs/* LINE */.pj, pattern),
            trackUpstream: readTrackUpstream(reader),
            maxAgeMs: readMaxAge(reader),
            health: readHealth(reader),
            needs: reader.names('needs'),
            stageOf: reader.names('stage-of')?.[0],
            lockfiles: readLockfiles(reader),
        }),
        bases: readBases(reader),
        generated: readGenerated(reader, failures),
        contexts: readContexts(reader, failures),
        build: readBuild(reader),
        labels: new Map([...reader.pairs('labels', labelName)].map(([name, { value }]) => [name, value ?? ''])),
        buildArgs: readBuildArgs(reader, failures),
        secrets: readSecretSources(reader, failures),
        matrix: readMatrix(reader, failures),
    };
}
/** An id without a source is an error; one with two counts once. */
function readSecretSources(reader, failures) {
    const secrets = new Map();
    for (const key of ['secret-envs', 'secret-files']) {
        for (const [id, { value, place, path }] of reader.pairs(key, (id) => ({ value: id }))) {
            if (value === null || value === '')
                failures.push((0,invalid/* invalid */.G)(`\`${path}\` names nothing that holds it`, place));
            else if (secrets.has(id))
                failures.push((0,invalid/* invalid */.G)(`\`${path}\`: the secret \`${id}\` is given twice`, place));
            else if (key === 'secret-envs')
                secrets.set(id, { id, kind: 'variable', variable: value });
            else
                secrets.set(id, { id, kind: 'file', path: value });
        }
    }
    return secrets;
}
function readBuild(reader) {
    return withoutUndefined({
        target: reader.text('target'),
        platforms: readPlatforms(reader),
        annotations: reader.list('annotations', config_pairs/* LINE */.pj),
        volatileArgs: reader.list('volatile-args', config_pairs/* LINE_OR_COMMA */.R2, config_pairs/* pairName */._x),
        secretIds: reader.list('secrets', config_pairs/* LINE_OR_COMMA */.R2, config_pairs/* pairName */._x),
        ssh: reader.list('ssh', config_pairs/* LINE_OR_COMMA */.R2),
        provenance: reader.text('provenance'),
        sbom: reader.text('sbom'),
        attests: reader.list('attests', config_pairs/* LINE */.pj),
        network: reader.text('network'),
        shmSize: reader.text('shm-size'),
        addHosts: reader.list('add-hosts', config_pairs/* LINE_OR_COMMA */.R2),
        ulimit: reader.list('ulimit', config_pairs/* LINE_OR_COMMA */.R2),
        allow: reader.list('allow', config_pairs/* LINE_OR_COMMA */.R2),
        noCache: reader.value('no-cache'),
        noCacheFilters: reader.list('no-cache-filters', config_pairs/* LINE_OR_COMMA */.R2),
        cacheFrom: reader.list('cache-from', config_pairs/* LINE */.pj),
        cacheTo: reader.list('cache-to', config_pairs/* LINE */.pj),
    });
}
/** In a list each base is a build context of its own name. */
function readBases(reader) {
    const bases = new Map();
    for (const [written, base] of reader.named('bases')) {
        const context = contextName(written);
        if ('problem' in context)
            reader.fail('bases', context.problem);
        else if (bases.has(context.value))
            reader.fail('bases', `sets \`${context.value}\` twice`);
        else
            bases.set(context.value, base);
    }
    return bases;
}
function readLockfiles(reader) {
    if (reader.value('lockfiles') === 'auto')
        return 'auto';
    return reader.list('lockfiles', config_pairs/* LINE_OR_COMMA */.R2, paths/* filePath */.s$);
}
function readTrackUpstream(reader) {
    const value = reader.value('track-upstream');
    if (typeof value === 'boolean')
        return value ? 'always' : 'never';
    return value;
}
const settings_MILLISECONDS = { d: 86_400_000, h: 3_600_000, m: 60_000 };
/** Of a duration, which the schema has checked. */
function readMaxAge(reader) {
    const text = reader.text('max-age');
    if (text === undefined)
        return undefined;
    return Number(text.slice(0, -1)) * settings_MILLISECONDS[text.at(-1)];
}
function readPlatforms(reader) {
    const platforms = reader.list('platforms', config_pairs/* LINE_OR_COMMA */.R2, platform);
    if (platforms?.length === 0)
        reader.fail('platforms', 'must name at least one platform; remove the key for the default');
    return platforms === undefined ? undefined : [...new Set(platforms)];
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
        const parsed = value === null ? { value: { parts: [{ name }], unbraced: [] } } : (0,interpolate/* parseTemplate */.Q)(value);
        if ('value' in parsed)
            args.set(name, { template: parsed.value, place });
        else
            failures.push((0,invalid/* invalid */.G)(`\`${path}\`: ${parsed.problem}`, place));
    }
    return args;
}
function readMatrix(reader, failures) {
    const matrix = new Map();
    for (const [key, setting] of reader.map('matrix')) {
        if (MATRIX_FIELDS.includes(key)) {
            const others = MATRIX_FIELDS.join(', ');
            failures.push((0,invalid/* invalid */.G)(`\`${setting.path}\`: the matrix has ${others} of its own; choose another name`, setting.key));
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
        failures.push((0,invalid/* invalid */.G)(`\`${path}\`: \`${node.source}\` would become the number ${node.value}; put it in quotes`, key));
    }
    return node.value;
}
function withoutUndefined(fields) {
    const set = Object.entries(fields).filter(([, value]) => value !== undefined);
    return Object.fromEntries(set);
}

;// CONCATENATED MODULE: ./src/config/parse.ts










const TOP_KEYS = {
    allowed: ['registry', 'reuse-pull-requests', 'defaults', 'bases', 'services', 'from'],
    perService: [],
};
/** Keys by the kind of image, and what is said of the others. */
const IMAGE_KEYS = {
    service: { allowed: keysBut(schema/* BASE_KEYS */.XX), perService: [] },
    base: { allowed: keysBut(schema/* SERVICE_ONLY_KEYS */.Ck), perService: [] },
};
function keysBut(others) {
    return Object.keys(schema/* serviceEntries */.oX).filter((key) => !others.includes(key));
}
const DEFAULTS_KEYS = {
    allowed: keysBut(schema/* PER_SERVICE_KEYS */.LV),
    perService: schema/* PER_SERVICE_KEYS */.LV,
};
const NO_SETTINGS = readSettings({ path: 'defaults', entries: new Map() }, []);
/**
 * Understands a configuration; `file` only names it in places, `found` is what is in the files that it takes images
 * `from`. Every failure is `config-invalid` with a place; all of
 * them are listed, in the order of the file, unless it is no YAML at all.
 */
function parseConfig(text, file, found = []) {
    const document = readDocument(text, file);
    const failures = [...document.failures];
    const config = document.root === undefined ? undefined : readConfig(document.root, found, failures);
    const [first, ...more] = inOrder(failures);
    if (first !== undefined)
        return (0,failure/* failed */.gz)(first, ...more);
    if (config === undefined)
        throw new Error('A configuration that cannot be read has failures');
    return (0,failure.ok)(config);
}
function readConfig(root, found, failures) {
    if (root.kind !== 'map') {
        const what = root.kind === 'scalar' && root.value === null
            ? 'the configuration is empty'
            : `the configuration must be a map, but is ${describe(root)}`;
        failures.push((0,invalid/* invalid */.G)(`${what}; it needs at least \`services:\` with one service`, root.place));
        return undefined;
    }
    failures.push(...keyFailures(root.entries, TOP_KEYS));
    const registry = readRegistry(root.entries.get('registry'), failures);
    const reusePullRequests = readReuse(root.entries.get('reuse-pull-requests'), failures);
    const defaults = readDefaults(root.entries.get('defaults'), failures);
    readSources(root.entries.get('from'), failures);
    const whole = withFound(root, found, failures);
    const configured = [...parse_readBases(whole, failures), ...readServices(whole, failures)];
    failures.push(...doubleNames(configured));
    const loadAs = new Map(found.map((image) => [image.name, image.loadAs]));
    const images = configured.map((image) => {
        const name = loadAs.get(image.name);
        return name === undefined ? image : { ...image, loadAs: name };
    });
    return { ...(registry === undefined ? {} : { registry }), reusePullRequests, defaults, images };
}
function readRegistry(entry, failures) {
    if (entry === undefined)
        return undefined;
    const { node } = entry;
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') {
        failures.push((0,invalid/* invalid */.G)(`\`registry\` must be text such as ghcr.io/acme, but is ${describe(node)}`, node.place));
        return undefined;
    }
    const checked = (0,config_image/* parseRegistry */.l5)(node.value);
    if ('value' in checked)
        return checked.value;
    failures.push((0,invalid/* invalid */.G)(`\`registry\`: ${checked.problem}`, node.place));
    return undefined;
}
function readReuse(entry, failures) {
    if (entry === undefined)
        return true;
    const { node } = entry;
    if (node.kind === 'scalar' && typeof node.value === 'boolean')
        return node.value;
    failures.push((0,invalid/* invalid */.G)(`\`reuse-pull-requests\` must be true or false, but is ${describe(node)}`, node.place));
    return true;
}
function readDefaults(entry, failures) {
    if (entry === undefined || isEmpty(entry.node))
        return NO_SETTINGS;
    const { node } = entry;
    if (node.kind !== 'map') {
        failures.push((0,invalid/* invalid */.G)(`\`defaults\` must be a map, but is ${describe(node)}`, node.place));
        return NO_SETTINGS;
    }
    failures.push(...keyFailures(node.entries, DEFAULTS_KEYS));
    const understood = [...node.entries].filter(([key]) => DEFAULTS_KEYS.allowed.includes(key));
    return readSettings({ path: 'defaults', entries: new Map(understood) }, failures);
}
function parse_readBases(root, failures) {
    const node = root.entries.get('bases')?.node;
    if (node === undefined || isEmpty(node))
        return [];
    if (node.kind === 'map')
        return readImages(node, 'base', failures);
    failures.push((0,invalid/* invalid */.G)(`\`bases\` must be a map of names to bases, but is ${describe(node)}`, node.place));
    return [];
}
function readServices(root, failures) {
    const entry = root.entries.get('services');
    const node = entry?.node;
    if (node?.kind === 'map' && node.entries.size > 0)
        return readImages(node, 'service', failures);
    const found = node === undefined
        ? 'is missing'
        : `must be a map of names to services, but is ${node.kind === 'map' ? 'an empty one' : describe(node)}`;
    failures.push((0,invalid/* invalid */.G)(`\`services\` ${found}; name at least one service`, entry?.place ?? root.place));
    return [];
}
function readImages(node, kind, failures) {
    return [...node.entries].flatMap(([name, entry]) => readImage({ kind, name, entry }, failures) ?? []);
}
function readImage(named, failures) {
    const { kind, name, entry } = named;
    const { place, node } = entry;
    const path = `${kind}s.${name}`;
    const isNamed = schema/* SERVICE_NAME */.OX.test(name);
    if (!isNamed) {
        const rule = 'letters, digits, `.`, `_` and `-`, a letter or digit first, at most 100 characters';
        failures.push((0,invalid/* invalid */.G)(`\`${name}\` is not a valid name of a ${kind}: ${rule}`, place));
    }
    if (node.kind !== 'map' && !isEmpty(node)) {
        failures.push((0,invalid/* invalid */.G)(`\`${path}\` must be a map with at least \`context\`, but is ${describe(node)}`, node.place));
        return undefined;
    }
    const entries = node.kind === 'map' ? node.entries : new Map();
    failures.push(...keyFailures(entries, IMAGE_KEYS[kind]));
    const settings = readSettings({ path, entries }, failures);
    failures.push(...originFailures(named, entries));
    const image = isNamed && !entries.has('image') ? imageOfName(name, place, failures) : settings.image;
    const hasOrigin = settings.context !== undefined || settings.stageOf !== undefined;
    return image === undefined || !hasOrigin ? undefined : { kind, name, place, image, settings };
}
/** An image is built from a folder, or it is a stage of another one's Dockerfile. */
function originFailures({ kind, name, entry }, entries) {
    const path = `${kind}s.${name}`;
    if (kind === 'base' && entries.has('stage-of')) {
        if (!entries.has('target'))
            return [(0,invalid/* invalid */.G)(`\`${path}\` has no \`target\`; name the stage that it is`, entry.place)];
        return ['context', 'file'].flatMap((key) => {
            const own = entries.get(key);
            const problem = `\`${path}.${key}\` has no meaning beside \`stage-of\`: it is that of the service`;
            return own === undefined ? [] : [(0,invalid/* invalid */.G)(problem, own.place)];
        });
    }
    if (entries.has('context'))
        return [];
    const mend = `say which folder it is built from, such as \`context: ${name}\`, or \`context: .\` for the root`;
    return [(0,invalid/* invalid */.G)(`\`${path}\` has no \`context\`; ${mend}`, entry.place)];
}
function doubleNames(images) {
    return images.flatMap(({ kind, name, place }) => {
        const isDouble = kind === 'service' && images.some((one) => one.kind === 'base' && one.name === name);
        return isDouble ? [(0,invalid/* invalid */.G)(`\`${name}\` is a base and a service; rename one of them`, place)] : [];
    });
}
function imageOfName(name, place, failures) {
    const checked = (0,config_image/* parseImage */.zZ)(name);
    if ('value' in checked)
        return checked.value;
    failures.push((0,invalid/* invalid */.G)(`${checked.problem}; rename it or give it an \`image\``, place));
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

// EXTERNAL MODULE: ./src/config/resolve.ts + 1 modules
var resolve = __webpack_require__(1213);
// EXTERNAL MODULE: ./src/pipeline/basis.ts
var basis = __webpack_require__(40000);
// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(53916);
;// CONCATENATED MODULE: ./src/config/from/compose.ts



/** `folder`: of the project, which bake takes some paths to be relative to. A text that is no YAML names nothing. */
function readCompose(text, path, folder) {
    // What an override takes out or replaces is no matter of names.
    const { root } = readDocument(text.replaceAll(/(?<=:[ \t]+)!(?:reset|override)\b/g, ''), path);
    const services = childrenOf(at(root, 'services'));
    const included = compose_itemsOf(at(root, 'include')).flatMap((item) => [
        ...textsOf(item),
        ...['path', 'env_file'].flatMap((key) => compose_itemsOf(at(item, key)).flatMap(textsOf)),
    ]);
    const extended = services.flatMap(([, service]) => textsOf(at(at(service, 'extends'), 'file')));
    const presence = services.flatMap(([, service]) => ['env_file', 'label_file'].flatMap((key) => compose_itemsOf(at(service, key)).flatMap((item) => [...textsOf(item), ...textsOf(at(item, 'path'))])));
    const besides = included.map((file) => (0,posix_.join)((0,posix_.dirname)(file), '.env'));
    const [name] = textsOf(at(root, 'name'));
    const folders = [folder, (0,posix_.dirname)(path)];
    return {
        services: new Map(services.map(([service, node]) => [service, serviceOf(node)])),
        files: within([...included, ...extended, ...besides], folders),
        presence: within(presence, folders),
        ...(name !== undefined && { name }),
    };
}
function serviceOf(node) {
    const [image] = textsOf(at(node, 'image'));
    const extending = at(node, 'extends');
    const [extended] = [...textsOf(extending), ...textsOf(at(extending, 'service'))];
    return { ...(image !== undefined && { image }), ...(extended !== undefined && { extended }) };
}
/** Paths in an included file are relative to it, others to the project: both are looked for. */
function within(paths, folders) {
    const all = paths.flatMap((path) => folders.map((folder) => (0,posix_.normalize)((0,posix_.join)(folder, path))));
    return [...new Set(all)].filter((path) => !path.startsWith('..') && !path.includes('$'));
}
/** The project's name after Compose's own rules (compose-go, `cli/options.go` and `loader.NormalizeProjectName`). */
function projectName(project) {
    const written = project.files.findLast(({ name }) => name !== undefined)?.name;
    const filled = written === undefined ? undefined : filledIn(written, project);
    const named = variablesOf(project)['COMPOSE_PROJECT_NAME'] || (filled ?? project.folderName);
    return named
        .toLowerCase()
        .replace(/[^a-z\d_-]/g, '')
        .replace(/^[_-]+/, '');
}
/**
 * Name of the image that Compose starts a service from (compose, `api.GetImageNameOrDefault`). `printed`: the tag that
 * bake gives it, for the forms of variables that only bake fills in.
 */
function composeImage(service, project, printed) {
    const written = writtenImage(service, project);
    const filled = written === undefined ? undefined : (filledIn(written, project) ?? printed);
    return filled ?? `${projectName(project)}-${service}`;
}
/** Its own, or that of the service that it extends; bake has read the files, so that none extends itself through others. */
function writtenImage(service, project) {
    const said = project.files.flatMap(({ services }) => services.get(service) ?? []);
    const image = said.findLast((one) => one.image !== undefined)?.image;
    const extended = said.findLast((one) => one.extended !== undefined)?.extended;
    const isOther = extended !== undefined && extended !== service;
    return image ?? (isOther ? writtenImage(extended, project) : undefined);
}
/** `undefined` for a form or a variable that is not known here. */
function filledIn(written, project) {
    const template = (0,interpolate/* parseTemplate */.Q)(written);
    if ('problem' in template || template.value.unbraced.length > 0)
        return undefined;
    const filled = (0,interpolate/* fill */.G)(template.value.parts, variablesOf(project));
    return 'value' in filled ? filled.value : undefined;
}
function variablesOf({ dotenv, variables }) {
    const lines = [...dotenv.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(["']?)(.*?)\2[ \t]*$/gm)];
    return { ...Object.fromEntries(lines.map(([, name = '', , value = '']) => [name, value])), ...variables };
}
function at(node, key) {
    return node?.kind === 'map' ? node.entries.get(key)?.node : undefined;
}
function childrenOf(node) {
    return node?.kind === 'map' ? [...node.entries].map(([name, entry]) => [name, entry.node]) : [];
}
function compose_itemsOf(node) {
    return node === undefined ? [] : node.kind === 'list' ? node.items : [node];
}
function textsOf(node) {
    return node?.kind === 'scalar' && typeof node.value === 'string' ? [node.value] : [];
}

;// CONCATENATED MODULE: ./src/config/from/definition.ts



const texts = valibot_dist/* array */.YOg(valibot_dist/* string */.YjP());
const map = valibot_dist/* record */.g1P(valibot_dist/* string */.YjP(), valibot_dist/* string */.YjP());
/** Newer versions of buildx print attributes, older ones a line of them. */
const attributes = valibot_dist/* union */.KCZ([valibot_dist/* string */.YjP(), valibot_dist/* record */.g1P(valibot_dist/* string */.YjP(), valibot_dist/* unknown */.L5J())]);
/**
 * A target as buildx prints it (`bake.Target` in `bake/bake.go`); anything else may decide what is built, so it is
 * refused. What does not count is read all the same, as a person is told of it.
 */
const targetSchema = valibot_dist/* strictObject */.rej({
    context: valibot_dist/* optional */.lqM(valibot_dist/* string */.YjP(), '.'),
    contexts: valibot_dist/* optional */.lqM(map, {}),
    dockerfile: valibot_dist/* optional */.lqM(valibot_dist/* string */.YjP(), 'Dockerfile'),
    'dockerfile-inline': valibot_dist/* optional */.lqM(valibot_dist/* string */.YjP()),
    target: valibot_dist/* optional */.lqM(valibot_dist/* string */.YjP()),
    args: valibot_dist/* optional */.lqM(map, {}),
    labels: valibot_dist/* optional */.lqM(map, {}),
    annotations: valibot_dist/* optional */.lqM(texts, []),
    tags: valibot_dist/* optional */.lqM(texts, []),
    platforms: valibot_dist/* optional */.lqM(texts, []),
    ssh: valibot_dist/* optional */.lqM(valibot_dist/* array */.YOg(attributes), []),
    attest: valibot_dist/* optional */.lqM(valibot_dist/* array */.YOg(attributes), []),
    network: valibot_dist/* optional */.lqM(valibot_dist/* string */.YjP()),
    'shm-size': valibot_dist/* optional */.lqM(valibot_dist/* string */.YjP()),
    ulimits: valibot_dist/* optional */.lqM(texts, []),
    'extra-hosts': valibot_dist/* optional */.lqM(map, {}),
    entitlements: valibot_dist/* optional */.lqM(texts, []),
    'no-cache': valibot_dist/* optional */.lqM(valibot_dist/* boolean */.zMY(), false),
    'no-cache-filter': valibot_dist/* optional */.lqM(texts, []),
    pull: valibot_dist/* optional */.lqM(valibot_dist/* boolean */.zMY(), false),
    call: valibot_dist/* optional */.lqM(valibot_dist/* string */.YjP()),
    'cache-from': valibot_dist/* optional */.lqM(valibot_dist/* array */.YOg(attributes), []),
    'cache-to': valibot_dist/* optional */.lqM(valibot_dist/* array */.YOg(attributes), []),
    output: valibot_dist/* optional */.lqM(valibot_dist/* array */.YOg(attributes), []),
    // Their values come from inputs; a description is for people.
    secret: valibot_dist/* optional */.lqM(valibot_dist/* array */.YOg(attributes)),
    description: valibot_dist/* optional */.lqM(valibot_dist/* string */.YjP()),
});
const definitionSchema = valibot_dist/* object */.Ikc({
    group: valibot_dist/* nullable */.mee(valibot_dist/* record */.g1P(valibot_dist/* string */.YjP(), valibot_dist/* object */.Ikc({ targets: valibot_dist/* nullish */.cl6(texts, []) }))),
    target: valibot_dist/* nullable */.mee(valibot_dist/* record */.g1P(valibot_dist/* string */.YjP(), targetSchema)),
});
/** Understands what bake has printed; `config-invalid` for what this version does not know. */
function decodeDefinition(text, place) {
    const read = valibot_dist/* safeParse */.xLC(valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP(), valibot_dist/* parseJson */.qFJ(), definitionSchema), text);
    if (!read.success) {
        const problems = read.issues.map((issue) => `\`${valibot_dist/* getDotPath */.BuJ(issue) ?? ''}\`: ${issue.message}`);
        const message = `${place.file}: bake prints what this version does not understand (${problems.join('; ')}); name its images in a configuration instead`;
        return (0,failure/* failed */.gz)((0,invalid/* invalid */.G)(message, place));
    }
    const group = read.output.group ?? {};
    const asked = new Set();
    const ask = (name) => {
        if (asked.has(name))
            return;
        asked.add(name);
        group[name]?.targets.forEach(ask);
    };
    group['default']?.targets.forEach(ask);
    return (0,failure.ok)({ targets: new Map(Object.entries(read.output.target ?? {})), asked });
}

;// CONCATENATED MODULE: ./src/config/from/image.ts

/** A target under our own keys. What is empty is left out, so that `defaults` count. */
function writtenOf(target, { image, folder, nameOf }) {
    const context = withinFolder(folder, target.context);
    const all = {
        context,
        ...(target['dockerfile-inline'] === undefined && { file: withinFolder(context, target.dockerfile) }),
        image,
        target: target.target,
        platforms: target.platforms,
        // `$` begins a variable in our files; in bake's answer there are none left.
        'build-args': valuesOf(target.args, (value) => value.replaceAll('$', '$$$$')),
        'build-contexts': valuesOf(target.contexts, (source) => {
            const linked = targetOf(source);
            if (linked !== undefined)
                return `target:${nameOf(linked)}`;
            return isAddress(source) ? source : withinFolder(folder, source);
        }),
        labels: target.labels,
        annotations: target.annotations,
        ssh: target.ssh.map((one) => (typeof one === 'string' ? one : sshLine(one))),
        attests: target.attest.map((one) => (typeof one === 'string' ? one : attestLine(one))),
        network: target.network,
        'shm-size': target['shm-size'],
        'add-hosts': Object.entries(target['extra-hosts']).map(([host, address]) => `${host}:${address}`),
        ulimit: target.ulimits,
        allow: target.entitlements,
        'no-cache': target['no-cache'],
        'no-cache-filters': target['no-cache-filter'],
    };
    return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (isSaid(value) ? [[key, value]] : [])));
}
/** The target that a build context is; `undefined` for any other. */
function targetOf(source) {
    return /^target:(.+)$/s.exec(source)?.[1];
}
/** Of a context that BuildKit fetches itself (buildx, `build/opt.go`). */
function isAddress(source) {
    return /^(?:[a-z][a-z\d+.-]*:\/\/|[\w-]+@[\w.-]+:|github\.com\/)/i.test(source);
}
/** A path that leaves the repository, or an address, is refused where the key is read. */
function withinFolder(folder, path) {
    return isAddress(path) || path.startsWith('/') ? path : (0,posix_.join)(folder, path).replace(/(?<=.)\/$/, '');
}
function isSaid(value) {
    if (value === undefined || value === false || value === '')
        return false;
    return typeof value !== 'object' || Object.keys(value).length > 0;
}
function valuesOf(map, change) {
    return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}
function sshLine({ id, paths }) {
    return [id, ...(Array.isArray(paths) ? [paths.join(',')] : [])].join('=');
}
/** A line of `key=value`; a pair with a comma stands in quotes (CSV, as buildx reads it). */
function attestLine({ type, ...others }) {
    return Object.entries({ type, ...others })
        .map(([key, value]) => `${key}=${String(value)}`)
        .map((pair) => (/[",]/.test(pair) ? `"${pair.replaceAll('"', '""')}"` : pair))
        .join(',');
}

;// CONCATENATED MODULE: ./src/config/from/found.ts

/**
 * The images of what bake has printed. A target that nobody asked for, but that another one takes as a build context, is
 * an image as well. Names and values are checked where a configuration's own are.
 */
function foundImages({ targets, asked }, origin) {
    const linked = new Set([...targets.values()].flatMap(linksOf));
    // By convention a name with `_` in front is for others to inherit from (buildx, `bake --list`).
    const wanted = [...targets].filter(([name]) => linked.has(name) || !name.startsWith('_'));
    const [remote, local] = parted(wanted, ([, { context }]) => isAddress(context) || targetOf(context) !== undefined);
    const names = new Map(local.map(([name, target]) => [name, imageName(name, target, origin)]));
    const twins = twinsOf(local);
    const shared = sharedNames(local.filter(([name]) => !twins.has(name)), names);
    const nameOf = (name) => twins.get(name) ?? name;
    const images = local.flatMap(([name, target]) => {
        if (twins.has(name))
            return [];
        const repository = names.get(name) ?? name;
        const image = shared.has(name) ? `${repository}-${name}` : repository;
        const isService = asked.has(name) || target.tags.length > 0;
        const composeImage = origin.imageOf(name, target.tags[0]);
        const loadAs = composeImage === undefined ? undefined : taggedName(composeImage);
        return [
            {
                ...{ kind: isService ? 'service' : 'base', name, place: origin.place },
                ...(loadAs !== undefined && { loadAs }),
                written: writtenOf(target, { image, folder: origin.folder, nameOf }),
                isInline: target['dockerfile-inline'] !== undefined,
            },
        ];
    });
    const messages = [
        ...(images.length === 0 ? ['there is no image to build in it'] : []),
        ...remote.map(([name, { context }]) => `\`${name}\` is left out: it is built from ${context}, no folder of this repository`),
        ...[...twins].map(([name, first]) => `\`${name}\` is not built apart: it is the same image as \`${first}\``),
        ...sharedMessages(shared, names),
        ...unusedMessages(new Map(local), origin),
    ];
    const notices = messages.map((message) => ({ message, place: origin.place }));
    return { images, notices };
}
function linksOf({ contexts }) {
    return Object.values(contexts).flatMap((source) => targetOf(source) ?? []);
}
/** Its first tag without the tag itself, else the name that Compose or bake would give it. */
function imageName(name, { tags: [tag] }, { projectOf }) {
    if (tag !== undefined)
        return tag.replace(/@.*$/s, '').replace(/:[^/]*$/, '');
    const project = projectOf(name);
    return project === undefined ? name : `${project}-${name}`;
}
/** With its tag; `undefined` for a digest and for what else no engine takes as a name. */
function taggedName(image) {
    const tagged = /:[^/]*$/.test(image) ? image : `${image}:latest`;
    return /^[^A-Z@]+:[A-Za-z\d_][A-Za-z\d._-]{0,127}$/.test(tagged) ? tagged : undefined;
}
/** Name → name of an earlier one that is built alike, under the same tag: Compose has one image for several services. */
function twinsOf(targets) {
    const first = new Map();
    const twins = new Map();
    for (const [name, target] of targets) {
        if (target.tags.length === 0)
            continue;
        const text = JSON.stringify(target);
        const earlier = first.get(text);
        if (earlier === undefined)
            first.set(text, name);
        else
            twins.set(name, earlier);
    }
    return twins;
}
/** Those whose tags are in one repository, but are others: fingerprints would push each other's tags there. */
function sharedNames(targets, names) {
    const repositories = new Map();
    for (const [name, { tags: [tag], },] of targets) {
        if (tag === undefined)
            continue;
        const repository = names.get(name) ?? '';
        repositories.set(repository, (repositories.get(repository) ?? new Set()).add(tag));
    }
    const isShared = (name) => (repositories.get(names.get(name) ?? '')?.size ?? 0) > 1;
    return new Set(targets.flatMap(([name, { tags }]) => (tags.length > 0 && isShared(name) ? [name] : [])));
}
function sharedMessages(shared, names) {
    const repositories = new Set([...shared].map((name) => names.get(name) ?? ''));
    return [...repositories].map((repository) => {
        const members = [...shared].filter((name) => names.get(name) === repository);
        const mend = `each gets its own, such as \`${repository}-${members[0] ?? ''}\`; \`image\` under \`services:\` names another`;
        return `${listed(members)} are told apart in \`${repository}\` by their tags alone: ${mend}`;
    });
}
/** Keys that have no meaning here, with those that have them. */
function unusedMessages(targets, { projectOf }) {
    const unused = {
        tags: ({ tags }, name) => projectOf(name) === undefined && tags.some((tag) => /:[^/]*$/.test(tag)),
        'cache-from': (target) => target['cache-from'].length > 0,
        'cache-to': (target) => target['cache-to'].length > 0,
        // What is only a build context of others has `cacheonly` from bake itself.
        output: ({ output }) => output.some((one) => !JSON.stringify(one).includes('cacheonly')),
        pull: ({ pull }) => pull,
        call: ({ call = 'build' }) => call !== 'build',
    };
    const said = Object.entries(unused).flatMap(([key, isUnused]) => {
        const having = [...targets].flatMap(([name, target]) => (isUnused(target, name) ? [name] : []));
        return having.length === 0 ? [] : [`\`${key}\` of ${listed(having)}`];
    });
    if (said.length === 0)
        return [];
    return [
        `${said.join(', ')}: not used, as tags, caches and outputs come from this run's inputs and configuration`,
    ];
}
const SHOWN = 3;
function listed(names) {
    const shown = names.slice(0, SHOWN).map((name) => `\`${name}\``);
    const more = names.length - shown.length;
    return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
function parted(items, isFirst) {
    return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

;// CONCATENATED MODULE: ./src/pipeline/definitions.ts







/** The images of Compose and bake files, which are read as one: there is at least one file. */
async function readDefinitions(sources, run) {
    const files = [...new Set(sources.map(({ path }) => path))];
    const compose = files.find(isCompose);
    const folder = compose === undefined ? '' : folderOf(compose);
    const gathered = await gatherTexts(files, folder, run);
    if (!gathered.ok)
        return gathered;
    const { texts, looked, presence } = gathered.value;
    const missing = sources.filter(({ path }) => !texts.has(path));
    const [first, ...more] = missing.map(({ path, place }) => ({
        kind: 'config-invalid',
        message: `\`${path}\` does not exist; paths in \`from\` are relative to the repository root`,
        place,
    }));
    if (first !== undefined)
        return (0,failure/* failed */.gz)(first, ...more);
    const stubs = presence.filter((path) => !texts.has(path)).map((path) => [path, '']);
    const printed = await run.ports.definitions.print({
        ...{ folder, files, targets: sources_targetsOf(sources, texts), signal: run.job.signal },
        texts: new Map([...texts, ...stubs]),
    });
    if (!printed.ok)
        return printed;
    const place = { file: files[0] ?? '', line: 1, column: 1 };
    const definition = decodeDefinition(printed.value, place);
    if (!definition.ok)
        return definition;
    const project = projectOf(gathered.value, { folder, run });
    const name = projectName(project);
    // Names of targets have no dots (buildx, `sanitizeTargetName`).
    const names = project.files.flatMap(({ services }) => [...services.keys()]);
    const services = new Map(names.map((service) => [service.replaceAll('.', '_'), service]));
    const serviceOf = (target) => services.get(target) ?? (files.every(isCompose) ? target : undefined);
    const found = foundImages(definition.value, {
        ...{ place, folder },
        projectOf: (target) => (serviceOf(target) === undefined ? undefined : name),
        imageOf: (target, printed) => {
            const service = serviceOf(target);
            return service === undefined ? undefined : composeImage(service, project, printed);
        },
    });
    return (0,failure.ok)({ ...found, files: looked });
}
/** Compose files name others, which name others. */
async function gatherTexts(files, folder, run) {
    const texts = new Map();
    const compose = [];
    const named = [];
    const dotenv = (0,posix_.join)(folder, '.env');
    const looked = new Set([...files, ...(files.some(isCompose) ? [dotenv] : [])]);
    // What is added meanwhile comes along.
    for (const path of looked) {
        const text = await (0,basis/* textAt */.$)(path, run);
        if (!text.ok)
            return text;
        if (text.value === undefined)
            continue;
        texts.set(path, text.value);
        if (!isCompose(path))
            continue;
        const file = readCompose(text.value, path, folder);
        (files.includes(path) ? compose : named).push(file);
        for (const other of file.files)
            looked.add(other);
    }
    const all = [...named, ...compose];
    const presence = all.flatMap((file) => file.presence);
    return (0,failure.ok)({ texts, looked: [...looked], presence, compose: all, dotenv: texts.get(dotenv) ?? '' });
}
function projectOf({ compose, dotenv }, { folder, run }) {
    const { context, rootName } = run.job;
    const folderName = folder === '' ? rootName : (0,posix_.basename)(folder);
    return { files: compose, dotenv, variables: context.variables, folderName };
}
function folderOf(path) {
    const folder = (0,posix_.dirname)(path);
    return folder === '.' ? '' : folder;
}

;// CONCATENATED MODULE: ./src/pipeline/understand.ts






const NOTHING = { images: [], notices: [], files: [] };
/** Understands a configuration and the Compose and bake files that it takes images from. */
async function understand(file, run) {
    const { registry } = run.request;
    const sources = sourcesOf(file.text, file.path);
    const defined = sources.length === 0 ? (0,failure.ok)(NOTHING) : await readDefinitions(sources, run);
    if (!defined.ok)
        return defined;
    const { images, files } = defined.value;
    const key = (await (0,basis/* keyOf */.T)(file, files, run)) ?? '';
    if (file.found && images.length === 0)
        return (0,failure.ok)({ key, files, drafts: [], reusePullRequests: true, notices: [] });
    const config = parseConfig(file.text, file.path, images);
    if (!config.ok)
        return config;
    const drafts = (0,resolve/* draftServices */.yw)(config.value, registry);
    if (!drafts.ok)
        return drafts;
    const notices = [...defined.value.notices, ...drafts.value.notices];
    return (0,failure.ok)({ ...drafts.value, key, ...(files.length > 0 && { files }), notices });
}


/***/ })

};
