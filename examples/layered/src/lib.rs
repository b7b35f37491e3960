pub fn greet() {
    println!("depot");
}
