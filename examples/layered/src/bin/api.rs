fn main() {
    depot::greet();
    println!("api is up");
}
